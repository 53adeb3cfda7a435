extension Unicode.Scalar {
    /// Whether Python's `str.isspace` holds, which its `strip` and the white space control of tags go by.
    var isPythonSpace: Bool {
        switch value {
        case 9...13, 28...32, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
        default: false
        }
    }

    /// Whether `str.splitlines` ends a line here.
    var isLineBreak: Bool {
        switch value {
        case 10...13, 28...30, 0x85, 0x2028, 0x2029: true
        default: false
        }
    }

    var isASCIIDigit: Bool { self >= "0" && self <= "9" }

    /// Whether `str.isalnum` holds.
    var isAlphanumeric: Bool { isPythonAlpha || properties.numericType != nil }

    /// Whether `str.isalpha` holds.
    var isPythonAlpha: Bool {
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
        default: false
        }
    }

    /// Whether `repr` shows the character itself.
    var isPrintable: Bool {
        if self == " " { return true }
        switch properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator,
            .spaceSeparator:
            return false
        default: return true
        }
    }
}

extension String {
    init(_ scalars: some Sequence<Unicode.Scalar>) {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        self.init(view)
    }

    /// The Unicode scalars, for work by position.
    var scalars: [Unicode.Scalar] { Array(unicodeScalars) }

    /// Whether both texts are the same scalars; Swift's `==` takes canonically equivalent ones for equal.
    func same(_ other: String) -> Bool {
        utf8.elementsEqual(other.utf8)
    }

    /// Whether this text comes first by scalars; UTF-8 sorts as the scalars do.
    func precedes(_ other: String) -> Bool {
        utf8.lexicographicallyPrecedes(other.utf8)
    }
}
