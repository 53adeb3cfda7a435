/// The names that a block has set, with the block around it.
final class Scope {
    private var ids: [Int] = []
    private var values: [Object] = []
    let parent: Scope?

    init(parent: Scope?) {
        self.parent = parent
    }

    func value(of name: Name) -> Object? {
        var scope: Scope? = self
        while let here = scope {
            if let place = here.ids.firstIndex(of: name.id) { return here.values[place] }
            scope = here.parent
        }
        return nil
    }

    func set(_ name: Name, to value: Object) {
        if let place = ids.firstIndex(of: name.id) {
            values[place] = value
        } else {
            ids.append(name.id)
            values.append(value)
        }
    }
}
