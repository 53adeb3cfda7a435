/// Cuts texts into the sets of tokens by which they are compared.
enum TextTokens {
    /// The runs of `length` characters (Unicode code points) of a text.
    ///
    /// A text that is shorter is a run of its own.
    static func runs(of text: String, length: Int) -> Set<[UInt8]> {
        let bytes = Array(text.utf8)
        var starts = bytes.indices.filter { bytes[$0] & 0xC0 != 0x80 }
        starts.append(bytes.count)
        guard starts.count > length else { return bytes.isEmpty ? [] : [bytes] }
        return Set((0..<starts.count - length).map { Array(bytes[starts[$0]..<starts[$0 + length]]) })
    }

    /// The words of a text, much as the Penn Treebank cuts them.
    static func words(of text: String) -> Set<[UInt8]> { Set(TreebankWords.words(of: text)) }
}
