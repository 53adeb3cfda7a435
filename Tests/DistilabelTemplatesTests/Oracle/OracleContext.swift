import DistilabelTemplates

/// The values that every case of the table is rendered with.
let oracleContext: [String: TemplateValue] = [
    "name": "ada lovelace", "empty": "", "n": 7, "neg": -7, "zero": 0, "x": 2.5, "big": 1e16, "tiny": 0.00001,
    "f": 42.55, "yes": true, "no": false, "nothing": nil, "nan": .double(.nan), "inf": .double(.infinity),
    "text": "The quick brown fox\njumps over\n\n  the lazy dog.\n", "crlf": "a\r\nb\rc",
    "uni": "é e\u{301} 日本 🎉 ß ŒUVRE", "greek": "ΟΔΟΣ ΣΑΣ", "quote": "it's \"so\"", "apostrophe": "it's",
    "html": "<p class=\"a\">Fish &amp; <b>chips</b></p>", "csv": "a, b,,c", "spaces": "  \t padded \n ",
    "control": "a\u{0}b\u{7f}\u{ad}\u{200b}\\",
    "items": ["b", "A", "c", "a"], "numbers": [3, 1, 2, 10], "floats": [1.5, 0.1, 2.0],
    "mixed": [1, "a", nil, true, 2.5],
    "nested": [[1, 2], [3, [4]]], "none_list": [], "emptydict": [:],
    "row": ["instruction": "Say hi", "items": 3, "count": 5, "meta": ["a": 1, "b": [1, 2]], "it's": "k"],
    "users": [
        ["name": "Bob", "age": 31, "city": "Oslo", "active": true],
        ["name": "alice", "age": 25, "city": "bergen", "active": false],
        ["name": "Carol", "age": 31, "city": "oslo", "active": true],
    ],
    "messages": [
        ["role": "system", "content": "Be brief."], ["role": "user", "content": "Hi"],
        ["role": "assistant", "content": "Hello! "],
    ],
    "d": ["b": 2, "a": 1, "C": 3],
]
