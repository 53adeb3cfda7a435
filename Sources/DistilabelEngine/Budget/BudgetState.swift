internal import DistilabelModels

/// What a budget must do; it holds no lock and resumes nobody itself.
///
/// Spent and reserved amounts together never go over a limit when room is reserved. A call that finds no room waits in
/// a queue while others are under way, since they may take less than was reserved for them; when nothing is under way
/// any more, it is refused. The first refusal closes the budget: the run is to end, and whoever still waits is refused
/// as well.
struct BudgetState {
    /// What becomes of a call.
    enum Decision {
        /// It may be made.
        case granted(BudgetReservation)
        /// There may be room when others are done: wait.
        case wait
        /// There is no room and will be none.
        case exhausted(BudgetError)
    }

    /// What became of a call that waited.
    struct Answer {
        let ticket: Int
        let result: Result<BudgetReservation, BudgetError>
    }

    let limits: BudgetLimits
    private(set) var report: CostReport
    /// All that was spent, earlier executions included.
    private(set) var spent: Spending
    /// What is kept for calls under way.
    private(set) var reserved = Spending.none
    private(set) var refusal: BudgetError?
    private var underWay: [Int: (call: BudgetCall, amount: Spending)] = [:]
    private var waiting: [(ticket: Int, call: BudgetCall)] = []
    private var estimates: [String: OutputEstimate] = [:]
    private var nextID = 0

    init(limits: BudgetLimits, earlier: Spending = .none) {
        self.limits = limits
        spent = earlier
        report = CostReport(earlier: earlier)
    }

    var callsUnderWay: Int { underWay.count }
    var callsWaiting: Int { waiting.count }

    /// Reserves room for a call, behind those that wait already.
    mutating func reserve(_ call: BudgetCall) -> Decision {
        if let refusal { return .exhausted(refusal) }
        return waiting.isEmpty ? decide(call) : .wait
    }

    /// Remembers a call that waits for room.
    mutating func wait(_ ticket: Int, for call: BudgetCall) { waiting.append((ticket, call)) }

    /// Notes what a call took; without `usage`, as much as was reserved.
    ///
    /// - Returns: What becomes of calls that waited.
    mutating func settle(
        _ reservation: BudgetReservation, usage: Usage?, cachedInputTokens: Int = 0
    ) -> [Answer] {
        guard let (call, amount) = free(reservation) else { return [] }
        let usage = usage.map(Self.bounded)
        let actual = usage.map { call.spending($0, cachedInputTokens: cachedInputTokens) } ?? amount
        if let usage {
            estimates[call.step, default: OutputEstimate()].record(
                outputTokens: usage.outputTokens, answers: call.answers)
        }
        return count(actual, of: call)
    }

    /// Notes that a call brought no answer; its requests count, its tokens do not.
    ///
    /// - Returns: What becomes of calls that waited.
    mutating func release(_ reservation: BudgetReservation, requests: Int) -> [Answer] {
        guard let (call, _) = free(reservation) else { return [] }
        return requests > 0 ? count(Spending(requests: requests), of: call) : answers()
    }

    /// Forgets a call that does not want to wait any more.
    ///
    /// - Returns: Whether it waited, and what becomes of those behind it.
    mutating func withdraw(_ ticket: Int) -> (waited: Bool, answers: [Answer]) {
        guard let position = waiting.firstIndex(where: { $0.ticket == ticket }) else { return (false, []) }
        waiting.remove(at: position)
        return (true, answers())
    }

    // MARK: -

    private mutating func free(_ reservation: BudgetReservation) -> (BudgetCall, Spending)? {
        guard let (call, amount) = underWay.removeValue(forKey: reservation.id) else { return nil }
        reserved = reserved - amount
        return (call, amount)
    }

    private mutating func count(_ actual: Spending, of call: BudgetCall) -> [Answer] {
        spent += actual
        report.add(actual, step: call.step, model: call.model)
        return answers()
    }

    /// Serves the queue as far as there is room.
    private mutating func answers() -> [Answer] {
        var answers: [Answer] = []
        while let first = waiting.first {
            switch refusal.map(Decision.exhausted) ?? decide(first.call) {
            case .wait: return answers
            case .granted(let reservation): answers.append(Answer(ticket: first.ticket, result: .success(reservation)))
            case .exhausted(let error): answers.append(Answer(ticket: first.ticket, result: .failure(error)))
            }
            waiting.removeFirst()
        }
        return answers
    }

    private mutating func decide(_ call: BudgetCall) -> Decision {
        if limits.maxCost != nil, call.price == nil {
            return refuse(BudgetError(unpriced: [ModelUse(step: call.step, model: call.model, host: nil)]))
        }
        let output = (estimates[call.step] ?? OutputEstimate()).tokens(atMost: call.maximumOutputTokens)
        let (tokens, overflow) = output.multipliedReportingOverflow(by: max(0, call.answers))
        let usage = Self.bounded(Usage(inputTokens: call.inputTokens, outputTokens: overflow ? .max : tokens))
        let amount = call.spending(usage)
        guard let limit = limits.exceeded(by: spent + reserved + amount) else {
            nextID += 1
            underWay[nextID] = (call, amount)
            reserved += amount
            return .granted(BudgetReservation(id: nextID, amount: amount))
        }
        // What is spent never becomes less, and an answer has tokens: without room for the prompt, waiting is no use.
        let least = call.spending(Usage(inputTokens: usage.inputTokens, outputTokens: 0))
        let hopeless = limits.exceeded(by: spent + least)
        if hopeless == nil, !underWay.isEmpty { return .wait }
        return refuse(
            BudgetError(hopeless ?? limit, limits: limits, spent: spent, refused: amount, step: call.step))
    }

    /// Counts in the range in which sums cannot overflow, whatever a server says or a request allows.
    private static func bounded(_ usage: Usage) -> Usage {
        Usage(
            inputTokens: min(max(0, usage.inputTokens), largest),
            outputTokens: min(max(0, usage.outputTokens), largest))
    }

    private static let largest = 1 << 40

    private mutating func refuse(_ error: BudgetError) -> Decision {
        refusal = error
        return .exhausted(error)
    }
}
