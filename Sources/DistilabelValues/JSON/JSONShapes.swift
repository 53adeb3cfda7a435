internal import OrderedCollections

/// The sequences of keys that objects were seen to have, as a tree: each node stands for the keys on the way to it.
///
/// Rows and answers repeat a few shapes over and over. Where an object follows one, its next key is predicted and only
/// compared, and the finished object shares the storage of its keys with all others of the shape.
/// Only short plain ASCII keys take part; the tree's size is bounded, and objects beyond it are built key by key.
struct JSONShapes: Sendable {
    /// The keys of an object without its values.
    typealias Template = OrderedDictionary<String, Bool>

    /// The node of no keys.
    static let root = 0
    /// Stands for an object that follows no shape.
    static let none = -1

    private static let nodeLimit = 1024
    private static let childLimit = 24
    private static let keyCountLimit = 64
    private static let keyLengthLimit = 64

    private struct Node {
        var parent: Int
        /// How many keys are on the way here.
        var depth: Int
        /// Where the bytes of the last key stand in `keyBytes`, its closing quote included.
        var keyStart: Int
        var keyLength: Int
        var firstChild = JSONShapes.none
        var sibling = JSONShapes.none
        var childCount = 0
        /// The child that came after this node most recently.
        var likelyNext = JSONShapes.none
        /// The first node of the object that was most recently met inside of an object at this node.
        var likelyEntry = JSONShapes.none
    }

    private var nodes: [Node] = []
    private var keyTexts: [String] = []
    private var keyBytes: [UInt8] = []
    private var templates: [Template?] = []

    /// The node after `shape` whose key stands in `bytes` at `position`, with the key's length.
    @inline(__always)
    mutating func predicted(
        after shape: Int, context: Int, in bytes: UnsafeRawBufferPointer, at position: Int
    ) -> (node: Int, length: Int)? {
        guard shape < nodes.count else { return nil }
        let likely =
            shape != Self.root
            ? nodes[shape].likelyNext : context < 0 ? nodes[0].likelyNext : nodes[context].likelyEntry
        if likely != Self.none, stands(likely, in: bytes, at: position) { return (likely, nodes[likely].keyLength) }
        var child = nodes[shape].firstChild
        while child != Self.none {
            if stands(child, in: bytes, at: position) {
                expect(child, after: shape, context: context)
                return (child, nodes[child].keyLength)
            }
            child = nodes[child].sibling
        }
        return nil
    }

    @inline(__always)
    private mutating func expect(_ child: Int, after shape: Int, context: Int) {
        if shape != Self.root || context < 0 {
            nodes[shape].likelyNext = child
        } else {
            nodes[context].likelyEntry = child
        }
    }

    /// Whether the last key of a node and a quote stand in `bytes` at `position`.
    @inline(__always)
    private func stands(_ node: Int, in bytes: UnsafeRawBufferPointer, at position: Int) -> Bool {
        let length = nodes[node].keyLength + 1
        let start = nodes[node].keyStart
        guard bytes.count - position >= length else { return false }
        return keyBytes.withUnsafeBytes { known in
            JSONScan.areEqual(
                UnsafeRawBufferPointer(rebasing: known[start..<start + length]),
                UnsafeRawBufferPointer(rebasing: bytes[position..<position + length]))
        }
    }

    /// Adds the node for a key after a shape; `none` when the key is not plain, stands in the shape already, or there is no room.
    mutating func next(after shape: Int, context: Int, key: String, bytes: UnsafeRawBufferPointer) -> Int {
        if nodes.isEmpty {
            nodes.reserveCapacity(32)
            keyTexts.reserveCapacity(32)
            templates.reserveCapacity(32)
            keyBytes.reserveCapacity(512)
            nodes.append(Node(parent: Self.none, depth: 0, keyStart: 0, keyLength: 0))
            keyTexts.append("")
            templates.append(nil)
        }
        guard nodes.count < Self.nodeLimit, nodes[shape].childCount < Self.childLimit,
            nodes[shape].depth < Self.keyCountLimit, bytes.count <= Self.keyLengthLimit,
            // Without a backslash and outside ASCII's upper half the bytes are the text, and equal texts have equal bytes.
            bytes.allSatisfy({ $0 < 0x80 && $0 != UInt8(ascii: "\\") }), !keys(of: shape).contains(key)
        else { return Self.none }
        let node = nodes.count
        nodes.append(
            Node(
                parent: shape, depth: nodes[shape].depth + 1, keyStart: keyBytes.count, keyLength: bytes.count,
                sibling: nodes[shape].firstChild))
        keyBytes.append(contentsOf: bytes)
        keyBytes.append(UInt8(ascii: "\""))
        keyTexts.append(key)
        templates.append(nil)
        nodes[shape].firstChild = node
        nodes[shape].childCount += 1
        expect(node, after: shape, context: context)
        return node
    }

    /// The keys of a shape, in order.
    func keys(of shape: Int) -> [String] {
        var keys: [String] = []
        var node = shape
        while node > Self.root {
            keys.append(keyTexts[node])
            node = nodes[node].parent
        }
        return keys.reversed()
    }

    /// The keys of a shape as they are shared by its objects.
    mutating func template(_ shape: Int) -> Template {
        if let template = templates[shape] { return template }
        let template = Template(uniqueKeysWithValues: keys(of: shape).map { ($0, false) })
        templates[shape] = template
        return template
    }
}
