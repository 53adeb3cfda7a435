internal import OrderedCollections

/// Reads one document after the other and remembers the shapes of the objects it saw.
struct JSONParser: Sendable {
    private let options: JSON.ReadOptions
    private var shapes = JSONShapes()

    /// Whether many documents will be read, so that it pays to learn the shapes of small ones.
    private let isReused: Bool

    init(options: JSON.ReadOptions, isReused: Bool) {
        self.options = options
        self.isReused = isReused
    }

    /// Reads a whole document.
    mutating func document(in bytes: UnsafeRawBufferPointer) throws(JSONFault) -> Value {
        // The shapes are moved over and back, so that the cursor changes them in place.
        var cursor = JSONCursor(bytes: bytes, options: options, learnsShapes: isReused || bytes.count > 16_384)
        swap(&shapes, &cursor.shapes)
        defer { swap(&shapes, &cursor.shapes) }
        return try cursor.document()
    }
}

/// A place in a document and what is open there.
///
/// There is no recursion: open lists and objects are frames on a stack, and the values that are complete wait on another one
/// until their bracket closes. So no document, however deep, can overflow the thread's stack.
struct JSONCursor: ~Copyable {
    let bytes: UnsafeRawBufferPointer
    let depthLimit: Int
    let replacesLoneSurrogates: Bool
    let learnsShapes: Bool
    var position = 0
    var shapes = JSONShapes()
    /// The decoded bytes of a text with escapes; kept for its capacity.
    var scratch = ByteBuilder(capacity: 0)
    /// The innermost open list or object.
    private var frame = Frame(
        isObject: false, shape: JSONShapes.none, context: JSONShapes.root, firstValue: 0, firstKey: 0)
    /// Those around it; the first one is no bracket but the document.
    private var frames = MoveStack<Frame>()
    private var values = MoveStack<Value>()
    /// The keys of the open objects that follow no known shape.
    private var looseKeys = MoveStack<String>()

    /// An open list or object.
    private struct Frame {
        var isObject: Bool
        /// The shape of the keys so far, `JSONShapes.none` when they follow none.
        var shape: Int
        /// The shape of the nearest object around it, which predicts its first key.
        var context: Int
        /// Where its values start on the stack of values.
        var firstValue: Int
        /// Where its keys start among the loose keys.
        var firstKey: Int
    }

    init(bytes: UnsafeRawBufferPointer, options: JSON.ReadOptions, learnsShapes: Bool) {
        self.bytes = bytes
        self.learnsShapes = learnsShapes
        depthLimit = min(options.depthLimit, 1024)
        replacesLoneSurrogates = options.replacesLoneSurrogates
    }

    /// Reads a value and the end of the input behind it.
    mutating func document() throws(JSONFault) -> Value {
        if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { position = 3 }
        let value = try tree()
        skipSpace()
        guard position == bytes.count else { throw fault(.trailingContent) }
        return value
    }

    private mutating func tree() throws(JSONFault) -> Value {
        while true {
            var value: Value
            switch try nextByte() {
            case UInt8(ascii: "\""):
                position += 1
                value = .string(try string())
            case UInt8(ascii: "{"):
                if try open(isObject: true, closing: UInt8(ascii: "}")) {
                    try key()
                    continue
                }
                value = .object([:])
            case UInt8(ascii: "["):
                if try open(isObject: false, closing: UInt8(ascii: "]")) { continue }
                value = .array([])
            case UInt8(ascii: "t"): value = try literal("true", .bool(true))
            case UInt8(ascii: "f"): value = try literal("false", .bool(false))
            case UInt8(ascii: "n"): value = try literal("null", .null)
            case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): value = try number()
            default: throw fault(.unexpectedCharacter)
            }
            if try close(&value) { return value }
        }
    }

    /// Enters a list or an object; false when it was empty and is passed.
    private mutating func open(isObject: Bool, closing: UInt8) throws(JSONFault) -> Bool {
        guard frames.count < depthLimit else { throw fault(.tooDeep) }
        position += 1
        if try nextByte() == closing {
            position += 1
            return false
        }
        let context = frame.isObject ? frame.shape : frame.context
        frames.push(frame)
        frame = Frame(
            isObject: isObject, shape: learnsShapes ? JSONShapes.root : JSONShapes.none, context: context,
            firstValue: values.count, firstKey: looseKeys.count)
        return true
    }

    /// Puts a value where it belongs and closes what ends behind it; true when the whole document is complete.
    private mutating func close(_ value: inout Value) throws(JSONFault) -> Bool {
        while frames.count > 0 {
            values.push(value)
            let byte = try nextByte()
            if byte == UInt8(ascii: ",") {
                position += 1
                if frame.isObject { try key() }
                return false
            }
            guard byte == (frame.isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
                throw fault(.unexpectedCharacter)
            }
            position += 1
            value = frame.isObject ? .object(object()) : .array(values.pop(from: frame.firstValue))
            frame = frames.popLast()
        }
        return true
    }

    private mutating func object() -> Value.Object {
        if frame.shape != JSONShapes.none {
            // This shares the storage of the keys and fills that of the values in one go.
            var next = frame.firstValue
            let object = shapes.template(frame.shape).mapValues { _ in
                next += 1
                return values.take(next - 1)
            }
            values.forget(from: frame.firstValue)
            return object
        }
        let count = looseKeys.count - frame.firstKey
        var object = Value.Object(minimumCapacity: count)
        for offset in 0..<count {
            object.updateValue(values.take(frame.firstValue + offset), forKey: looseKeys.take(frame.firstKey + offset))
        }
        values.forget(from: frame.firstValue)
        looseKeys.forget(from: frame.firstKey)
        return object
    }

    /// Reads a key and the colon behind it.
    private mutating func key() throws(JSONFault) {
        guard try nextByte() == UInt8(ascii: "\"") else { throw fault(.unexpectedCharacter) }
        position += 1
        let shape = frame.shape
        if shape != JSONShapes.none,
            let (next, length) = shapes.predicted(after: shape, context: frame.context, in: bytes, at: position)
        {
            position += length + 1
            frame.shape = next
        } else {
            let start = position
            let key = try string()
            let next =
                shape == JSONShapes.none
                ? JSONShapes.none
                : shapes.next(
                    after: shape, context: frame.context, key: key,
                    bytes: UnsafeRawBufferPointer(rebasing: bytes[start..<position - 1]))
            if next == JSONShapes.none {
                if shape != JSONShapes.none { for key in shapes.keys(of: shape) { looseKeys.push(key) } }
                looseKeys.push(key)
            }
            frame.shape = next
        }
        guard try nextByte() == UInt8(ascii: ":") else { throw fault(.unexpectedCharacter) }
        position += 1
    }

    private mutating func literal(_ text: StaticString, _ value: Value) throws(JSONFault) -> Value {
        let end = position + text.utf8CodeUnitCount
        guard end <= bytes.count else { throw JSONFault(code: .unexpectedEnd, offset: bytes.count) }
        for offset in 0..<text.utf8CodeUnitCount where bytes[position + offset] != text.utf8Start[offset] {
            throw JSONFault(code: .unexpectedCharacter, offset: position + offset)
        }
        position = end
        return value
    }
}

// MARK: - Bytes

extension JSONCursor {
    func fault(_ code: JSONError.Code) -> JSONFault {
        JSONFault(code: position < bytes.count ? code : .unexpectedEnd, offset: position)
    }

    /// The byte at a position that is known to be inside.
    @inline(__always)
    func byte(at position: Int) -> UInt8 { bytes.load(fromByteOffset: position, as: UInt8.self) }

    @inline(__always)
    mutating func skipSpace() {
        while position < bytes.count {
            switch byte(at: position) {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }

    /// The next byte that is no space; the position is at it.
    @inline(__always)
    mutating func nextByte() throws(JSONFault) -> UInt8 {
        skipSpace()
        guard position < bytes.count else { throw JSONFault(code: .unexpectedEnd, offset: position) }
        return byte(at: position)
    }
}
