import AuditStore
import CertCore
import SafeText

/// When traffic stops, as a table and as JSON.
enum ForecastTable {
    static let columns: [TextTable.Column] = [
        TextTable.Column(title: "STOPS", least: 6, shrinks: true),
        TextTable.Column(title: "IN 1H", alignment: .right, least: 6),
        TextTable.Column(title: "IN 1D", alignment: .right, least: 6),
        TextTable.Column(title: "IN 7D", alignment: .right, least: 6),
        TextTable.Column(title: "IN 30D", alignment: .right, least: 6),
        TextTable.Column(title: "CERTS", alignment: .right, least: 5),
    ]

    /// A row for everything, then one for each issuer.
    static func rows(_ forecast: ExpiryForecast) -> [[SafeText]] {
        [row("all traffic", forecast.horizons, forecast)]
            + forecast.issuers.map { issuer in
                row("issued by \(SafeText(issuer.name ?? "(unknown)"))", issuer.horizons, forecast)
            }
    }

    private static func row(
        _ name: SafeText,
        _ horizons: [ExpiryForecast.Horizon],
        _ forecast: ExpiryForecast
    ) -> [SafeText] {
        [name]
            + horizons.map { SafeText(ExpiryTable.percent(forecast.share($0.uses))) }
            + ["\(horizons.last?.certificates ?? 0)"]
    }

    /// The sentences below the table.
    static func notes(_ forecast: ExpiryForecast) -> [SafeText] {
        var notes: [SafeText] = []
        if forecast.endedUses > 0 {
            let share = SafeText(ExpiryTable.percent(forecast.share(forecast.endedUses)))
            notes.append("\(share) of the traffic uses certificates that have already ended, and is accepted.")
        }
        if let next = forecast.stops.first {
            let left = SafeText(ExpiryTable.remaining(next.time - forecast.now))
            let share = SafeText(ExpiryTable.percent(forecast.share(next.uses)))
            notes.append("Next: \(SafeText(next.name ?? "(unnamed)")) in \(left), \(share) of the traffic.")
        }
        return notes
    }

    /// The forecast as one JSON object; the keys are a promise, new ones may be added.
    static func writeJSON(_ forecast: ExpiryForecast, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("now", forecast.now.rfc3339)
        writer.member("accepted", forecast.accepted)
        writer.member("endedUses", forecast.endedUses)
        writer.key("horizons")
        write(forecast.horizons, forecast, to: &writer)
        writer.key("issuers")
        writer.beginArray()
        for issuer in forecast.issuers {
            writer.beginObject()
            writer.member("issuer", issuer.issuer)
            writer.key("horizons")
            write(issuer.horizons, forecast, to: &writer)
            writer.endObject()
        }
        writer.endArray()
        writer.key("stops")
        writer.beginArray()
        for stop in forecast.stops {
            writer.beginObject()
            writer.member("time", stop.time.rfc3339)
            writer.member("name", stop.name)
            writer.member("uses", stop.uses)
            writer.member("share", forecast.share(stop.uses))
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
    }

    private static func write(
        _ horizons: [ExpiryForecast.Horizon],
        _ forecast: ExpiryForecast,
        to writer: inout JSONWriter
    ) {
        writer.beginArray()
        for horizon in horizons {
            writer.beginObject()
            writer.member("seconds", horizon.length / 1000)
            writer.member("uses", horizon.uses)
            writer.member("share", forecast.share(horizon.uses))
            writer.member("certificates", horizon.certificates)
            writer.endObject()
        }
        writer.endArray()
    }
}
