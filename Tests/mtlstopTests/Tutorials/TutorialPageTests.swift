import Testing

@Suite("Pages whose commands are run")
struct TutorialPageTests {
    private static let page = """
        # Title

        ```sh
        echo one
        ```

        Words.

        ```js file=a/server.mjs
        let a = '`$x`'
        ```

        ```text
        one
        ```

        ```sh example
        never run
        ```

        """

    @Test("Commands and files are told from what is only shown, each with its line")
    func blocks() throws {
        let blocks = try TutorialPage.blocks(of: Self.page)
        #expect(blocks.map(\.language) == ["sh", "js", "text", "sh"])
        #expect(blocks.map(\.isCommand) == [true, false, false, false])
        #expect(blocks.map(\.file) == [nil, "a/server.mjs", nil, nil])
        #expect(blocks.map(\.line) == [3, 9, 13, 17])
        #expect(blocks[1].text == "let a = '`$x`'\n")
    }
}
