internal import Crypto

/// The SHA-256 of a text's UTF-8, as 64 hexadecimal digits.
func sha256(_ text: String) -> String {
    let digits = Array("0123456789abcdef".utf8)
    let hexadecimal = SHA256.hash(data: Array(text.utf8)).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return String(decoding: hexadecimal, as: UTF8.self)
}
