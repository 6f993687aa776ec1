/// A moment taken apart into the fields of the UTC calendar.
package struct CivilTime: Hashable, Sendable {
    /// The proleptic Gregorian year.
    package var year: Int
    /// The month, 1 to 12.
    package var month: Int
    /// The day of the month, 1 to 31.
    package var day: Int
    /// The hour, 0 to 23.
    package var hour: Int
    /// The minute, 0 to 59.
    package var minute: Int
    /// The second, 0 to 59.
    package var second: Int
    /// The millisecond, 0 to 999.
    package var millisecond: Int
    /// The day of the week, 0 for Sunday to 6 for Saturday.
    package var weekday: Int

    static let millisecondsPerDay: Int64 = 86_400_000

    /// Takes a number of milliseconds since 1970-01-01T00:00:00Z apart.
    package init(milliseconds: Int64) {
        var days = milliseconds / Self.millisecondsPerDay
        var rest = milliseconds % Self.millisecondsPerDay
        if rest < 0 {
            days -= 1
            rest += Self.millisecondsPerDay
        }
        (year, month, day) = Self.date(daysSince1970: days)
        let restOfDay = Int(rest)
        hour = restOfDay / 3_600_000
        minute = restOfDay / 60_000 % 60
        second = restOfDay / 1000 % 60
        millisecond = restOfDay % 1000
        let shifted = (days + 4) % 7
        weekday = Int(shifted < 0 ? shifted + 7 : shifted)
    }

    /// Days from 1970-01-01 to a date of the proleptic Gregorian calendar.
    ///
    /// Years are counted from March so that the leap day is the last one of its year; 719,468 is the number of
    /// days from 0000-03-01 to 1970-01-01.
    package static func daysSince1970(year: Int, month: Int, day: Int) -> Int64 {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return Int64(era * 146_097 + dayOfEra - 719_468)
    }

    /// How many days a month has.
    package static func days(inMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    private static func date(daysSince1970 days: Int64) -> (year: Int, month: Int, day: Int) {
        let shifted = Int(days) + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }
}
