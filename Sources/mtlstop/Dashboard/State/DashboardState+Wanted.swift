import AuditStore
import CertCore
import Terminal

/// What the screen needs to know, derived from where we are: asking follows from the state, never from a key.
extension DashboardState {
    /// The questions of this moment, the most urgent first.
    var wanted: [Question] {
        var questions = viewQuestions
        questions.append(.status)
        // The page of numbers stands for every view.
        if layout.kind == .numbers, view != .live { questions += liveQuestions }
        if let search = find.search { questions.append(.find(search, filter: filter.filter, range: liveRange)) }
        if let lastLook, view == .live || view == .changes { questions.append(.news(since: lastLook)) }
        if let plan = exportPlan {
            questions += [.exportTotal(plan.filter, range: plan.range), .exportPreview(plan.preview)]
        }
        if view != .expiring { questions.append(.expiringSoon) }
        return questions
    }

    /// True while something this view shows was asked for the first time and has not been read yet.
    var waitsForView: Bool {
        if health.database == .opening { return true }
        return viewQuestions.contains { question in
            // How many rows came after is asked anew with each row.
            if case .newer = question { return false }
            return book.isWaiting(question.slot) && !book.holds(question)
        }
    }

    private var viewQuestions: [Question] {
        switch view {
        case .live: liveQuestions + placeQuestions
        case .rejections: rejectionQuestions + placeQuestions
        case .certs: [certificatesQuestion] + placeQuestions
        case .expiring:
            [.expiring(within: expiringWithin, filter: filter.filter, order: order(of: .expiring))] + placeQuestions
        case .sources: [.reporters(order: order(of: .sources))] + placeQuestions
        case .changes: [.changes(within: changesWithin)] + placeQuestions
        }
    }

    private var certificatesQuestion: Question {
        .certificates(order(of: .certs), filter: filter.filter, range: certificateRange)
    }

    private var liveQuestions: [Question] {
        var questions: [Question] = [
            .live(liveQuestion), .totals(range: liveTotalsRange, filter: filter.filter),
        ]
        if !live.isMoving, let newest = newestShown {
            questions.append(.newer(after: newest, filter: filter.filter, range: liveRange))
        }
        return questions
    }

    /// The rows Live needs: two screens around the selection.
    var liveQuestion: EventWindowQuestion {
        EventWindowQuestion(
            anchor: live.anchor,
            filter: filter.filter,
            range: liveRange,
            reach: max(100, 3 * size.rows),
            ceiling: live.pausedAt
        )
    }

    /// The number line of Live covers the last hour when the list has no lower bound.
    var liveTotalsRange: TimeRange { liveRange == .all ? .last(3_600_000) : liveRange }

    private var rejectionQuestions: [Question] {
        var questions: [Question] = [
            .rejections(range: rejectionRange, filter: filter.filter, order: order(of: .reasons), grouping: grouping)
        ]
        if let question = partiesQuestion { questions.append(question) }
        if let question = partyEventsQuestion { questions.append(question) }
        return questions
    }

    /// Who was rejected for the selected reason.
    var partiesQuestion: Question? {
        guard view == .rejections, let key = shownGroup?.key else { return nil }
        return .parties(key, range: rejectionRange, filter: filter.filter, order: order(of: .parties))
    }

    /// The events of the opened party.
    var partyEventsQuestion: Question? {
        for place in places {
            if case .partyEvents(let group, let party) = place {
                return .partyEvents(group.key, party, range: rejectionRange, filter: filter.filter)
            }
        }
        return nil
    }

    private var placeQuestions: [Question] {
        var questions: [Question] = []
        for place in places.suffix(2) {
            switch place {
            case .event(let id), .why(let id):
                questions.append(.event(id))
                if case .why = place { questions.append(.surroundings(id)) }
                if let name = event(id)?.certificate?.name { questions.append(.certificate(name.lookup)) }
            case .certificate(let name):
                questions.append(.certificate(name.lookup))
                questions.append(.comparison(ComparisonName(left: .certificate(name), right: nil)))
            case .sql(let question): questions.append(.sql(question))
            case .comparison(let name): questions.append(.comparison(name))
            case .parties, .partyEvents:
                break
            }
        }
        return Self.lastOfEachSlot(questions)
    }

    /// Keeps one question a slot, the one asked by the place on top.
    private static func lastOfEachSlot(_ questions: [Question]) -> [Question] {
        var seen: Set<Slot> = []
        return questions.reversed().filter { seen.insert($0.slot).inserted }.reversed()
    }

    /// False for answers that stand still although the data moves: a paused list, a page that is scrolled away.
    func follows(_ question: Question) -> Bool {
        switch question {
        case .live: live.isMoving
        case .event, .surroundings, .find, .sql, .comparison: false
        default: true
        }
    }

    /// The newest event in the Live rows.
    var newestShown: Int64? { live.pausedAt ?? liveWindow?.rows.first?.id }
}
