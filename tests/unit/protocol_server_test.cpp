#include <catch2/catch.hpp>

#include <string>

#include "protocol/server.h"
#include "syntax/json.h"

using namespace cascade;
using namespace cascade::mcp;

namespace {

Server server() {
  Server one;
  one.version = "9";
  one.instructions = "say hello";
  one.tools.push_back(
      {"echo", "says it again", {{"text", "what", true}, {"loud", "", false}}, true, [](const syntax::Node& arguments) {
         return ToolAnswer{argument(arguments, "text"), false};
       }});
  return one;
}

std::string ask(const Server& server, const std::string& line) {
  std::string text;
  answer(server, line, [&](const std::string& reply) {
    text = reply;
    return true;
  });
  return text;
}
std::string ask(const std::string& line) { return ask(server(), line); }

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::string code(const std::string& line) {
  const std::string reply = ask(line);
  const std::size_t at = reply.find("\"code\":");
  return at == std::string::npos ? reply : reply.substr(at + 7, 6);
}

}  // namespace

TEST_CASE("the handshake generation: its revision is taken where it is known, else the newest of it") {
  const auto version = [](const std::string& asked) {
    return ask(R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":")" + asked + "\"}}");
  };
  for (const char* const known : {"2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"})
    CHECK(has(version(known), std::string(R"("protocolVersion":")") + known + "\""));
  CHECK(has(version("2026-07-28"), R"("protocolVersion":"2025-11-25")"));
  CHECK(has(version("1999-01-01"), R"("protocolVersion":"2025-11-25")"));
  CHECK(has(version("2025-06-18"), R"("instructions":"say hello")"));
  CHECK_FALSE(has(version("2025-06-18"), "resultType"));
  CHECK(ask(R"({"jsonrpc":"2.0","method":"notifications/initialized"})").empty());
}

TEST_CASE("the stateless generation: discovery, and what each result says of itself") {
  const std::string meta = R"("_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"})";
  const std::string found = ask(R"({"jsonrpc":"2.0","id":1,"method":"server/discover","params":{)" + meta + "}}");
  for (const char* const part : {R"("supportedVersions":["2026-07-28","2025-11-25")", R"("resultType":"complete")",
                                 R"("cacheScope":"private")", R"("io.modelcontextprotocol/serverInfo")"})
    CHECK(has(found, part));
  const std::string listed = ask(R"({"jsonrpc":"2.0","id":2,"method":"tools/list","params":{)" + meta + "}}");
  CHECK(has(listed, R"("ttlMs":5000)"));
  const std::string called =
      ask(R"({"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"echo","arguments":{"text":"x"},)" + meta +
          "}}");
  CHECK(has(called, R"("resultType":"complete")"));
  CHECK_FALSE(has(called, "ttlMs"));
  CHECK(
      code(
          R"({"jsonrpc":"2.0","id":4,"method":"tools/list","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2099-01-01"}}})") ==
      "-32022");
}

TEST_CASE("a tool is called with its arguments, and refuses without what it needs") {
  CHECK(has(
      ask(R"({"jsonrpc":"2.0","id":"a","method":"tools/call","params":{"name":"echo","arguments":{"text":"x\ny"}}})"),
      R"("id":"a","result":{"content":[{"type":"text","text":"x\ny"}],"isError":false})"));
  CHECK(has(ask(R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo"}})"), R"("isError":true)"));
  CHECK(code(R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"none"}})") == "-32602");
  CHECK(code(R"({"jsonrpc":"2.0","id":1,"method":"tools/call"})") == "-32602");
}

TEST_CASE("whatever a line holds, the answer is a line of JSON or nothing") {
  CHECK(code("garbage") == "-32700");
  CHECK(code("[]") == "-32600");
  CHECK(code("42") == "-32600");
  CHECK(code("{}") == "-32600");
  CHECK(code(R"({"id":1,"method":5})") == "-32600");
  CHECK(code(R"({"id":{},"method":"ping"})") == "-32600");
  CHECK(code(R"({"jsonrpc":"2.0","id":1,"method":"no/such"})") == "-32601");
  CHECK(code(std::string(max_line_bytes + 1, ' ') + "x") == "-32600");
  CHECK(code(std::string(5'000, '[')) == "-32700");
  CHECK(ask("").empty());
  CHECK(ask("  \r").empty());
  CHECK(ask(R"({"jsonrpc":"2.0","id":7,"result":{}})").empty());
  CHECK(ask(R"({"jsonrpc":"2.0","method":"no/such"})").empty());
  for (const std::string line : {"{\"id\":1,\"method\":\"\xff\"}", R"({"id":"\ud800","method":"ping"})"})
    CHECK((ask(line).empty() || syntax::parse_json(ask(line)).complete));
  CHECK(has(ask(R"({"jsonrpc":"2.0","id":3,"method":"ping"})"), R"("result":{})"));
}

TEST_CASE("a tool that serves hears whether its answer arrived, and what is for programs stands in _meta") {
  Server one = server();
  bool arrived = false;
  one.tools.front().serve = [&](const syntax::Node& arguments, const Deliver& deliver) {
    ToolAnswer told{argument(arguments, "text"), false};
    told.meta.emplace_back("test/proof", syntax::parse_json(R"({"proof":"optimal"})").root);
    arrived = deliver(told);
  };
  const std::string line =
      R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":{"text":"x"}}})";
  std::string sent;
  CHECK(answer(one, line, [&](const std::string& reply) {
    sent = reply;
    return true;
  }));
  CHECK(arrived);
  CHECK(has(sent, R"("isError":false,"_meta":{"test/proof":{"proof":"optimal"}})"));
  CHECK_FALSE(answer(one, line, [](const std::string&) { return false; }));
  CHECK_FALSE(arrived);
}

TEST_CASE("a parameter's type is told, and numbers come as they were written") {
  Server one = server();
  one.tools.front().parameters.push_back({"most", "", false, Parameter::Type::whole_number});
  one.tools.front().call = [](const syntax::Node& arguments) { return ToolAnswer{argument(arguments, "most"), false}; };
  CHECK(has(ask(one, R"({"jsonrpc":"2.0","id":1,"method":"tools/list"})"), R"("most":{"type":"integer"})"));
  const std::string line =
      R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":{"text":"x","most":4000}}})";
  CHECK(has(ask(one, line), R"("text":"4000")"));
}

TEST_CASE("a batch is answered in one line, in its order, without its notifications") {
  CHECK(ask(R"([{"jsonrpc":"2.0","id":1,"method":"ping"},{"jsonrpc":"2.0","method":"notifications/initialized"},)"
            R"({"jsonrpc":"2.0","id":"b","method":"no/such"}])") ==
        R"([{"jsonrpc":"2.0","id":1,"result":{}},)"
        R"({"jsonrpc":"2.0","id":"b","error":{"code":-32601,"message":"Method not found"}}])");
  CHECK(
      ask(R"([{"jsonrpc":"2.0","method":"notifications/initialized"},{"jsonrpc":"2.0","id":4,"result":{}}])").empty());
  CHECK(has(ask(R"([1])"), R"([{"jsonrpc":"2.0","id":null,"error":{"code":-32600)"));
  CHECK(has(ask(R"([{"jsonrpc":"2.0","id":1,"method":"initialize"}])"),
            R"([{"jsonrpc":"2.0","id":1,"error":{"code":-32600)"));
  CHECK(has(ask(R"([[{"jsonrpc":"2.0","id":1,"method":"ping"}]])"), "-32600"));
  std::string many = "[";
  for (int i = 0; i < 65; ++i) many += std::string(i == 0 ? "" : ",") + R"({"jsonrpc":"2.0","id":1,"method":"ping"})";
  CHECK(code(many + "]") == "-32600");
}

TEST_CASE("an error names the id of its message, as far as it can be told") {
  CHECK(has(ask(R"({"jsonrpc":"2.0","id":7,"method":"ping")"), R"("id":7,"error":{"code":-32700)"));
  CHECK(has(ask(R"({"jsonrpc": "2.0", "id" : "a\"b", "method": "ping", "params": {"id": 8,})"),
            R"("id":"a\"b","error")"));
  CHECK(has(ask(R"({"method":"x","params":{"id":8},"id":9,)"), R"("id":9,)"));
  CHECK(has(ask(R"({"params":{"id":8},)"), R"("id":null,)"));
  CHECK(has(ask(R"({"jsonrpc":"2.0","id":7,"method":")" + std::string(max_line_bytes, 'x') + "\"}"), R"("id":7,)"));
  CHECK(has(ask(R"({"jsonrpc":"2.0","id":5,"method":{}})"), R"("id":5,)"));
  CHECK(has(ask(R"({"jsonrpc":"2.0","id":5,"method":"tools/list","params":[]})"), R"("id":5,"error":{"code":-32602)"));
}

TEST_CASE("what is no JSON-RPC 2.0 is refused") {
  for (const char* const message :
       {R"({"id":1,"method":"ping"})", R"({"jsonrpc":"1.0","id":1,"method":"ping"})",
        R"({"jsonrpc":2.0,"id":1,"method":"ping"})", R"({"jsonrpc":null,"id":1,"method":"tools/list"})"}) {
    INFO(message);
    CHECK(has(ask(message), R"("id":1,"error":{"code":-32600)"));
  }
}

TEST_CASE("a cursor that was never given out, and arguments that are no object, are wrong parameters") {
  const auto listed = [](const std::string& cursor) {
    return ask(R"({"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"cursor":)" + cursor + "}}");
  };
  CHECK(has(listed("\"page-2\""), "-32602"));
  CHECK(has(listed("\"\""), "-32602"));
  CHECK(has(listed("5"), "-32602"));
  CHECK(has(listed("null"), R"("tools":[)"));
  CHECK(code(R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":["x"]}})") ==
        "-32602");
}
