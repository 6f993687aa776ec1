/// What libFuzzer calls with every input; a broken promise is a trap, which it reports with the input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    if let data, size > 0 { FuzzInput(bytes: Array(UnsafeBufferPointer(start: data, count: size))).check() }
    return 0
}
