import DistilabelHTTP
import Testing

struct HTTPResponseTests {
    private let request = HTTPRequest(method: .get, url: "http://host/x?token=secret")

    @Test func passesASuccessOn() throws {
        #expect(try HTTPResponse(status: 204).requiringSuccess(of: request).status == 204)
    }

    @Test(arguments: [(404, false), (503, true)])
    func makesAnErrorOfARefusal(_ status: Int, _ isRetryable: Bool) {
        do throws(HTTPError) {
            _ = try HTTPResponse(status: status, body: Array("gone\nfor good".utf8)).requiringSuccess(of: request)
            Issue.record("no error")
        } catch {
            #expect(error.code == .status)
            #expect(error.status == status)
            #expect(error.isRetryable == isRetryable)
            #expect(error.message == "GET http://host/x?token=*** answered \(status): gone")
        }
    }

    @Test func handsOutItsMemory() {
        #expect(HTTPResponse(status: 200, body: [1, 2, 3]).withUnsafeBytes { $0.reduce(0) { $0 + Int($1) } } == 6)
    }
}
