// The tools that the conformance suite prescribes, as far as our layer has them: text, and a refusal. For
// tests/client/mcp_suites_test.py.
#include <iostream>
#include <string>

#include "protocol/server.h"

int main() {
  using cascade::mcp::ToolAnswer;
  using cascade::syntax::Node;
  cascade::mcp::Server server;
  server.version = "1";
  server.tools.push_back({"test_simple_text", "Says a fixed text.", {}, true, [](const Node&) {
                            return ToolAnswer{"This is a simple text response for testing.", false};
                          }});
  server.tools.push_back({"test_error_handling", "Is refused.", {}, true, [](const Node&) {
                            return ToolAnswer{"This tool intentionally returns an error for testing", true};
                          }});
  const auto send = [](const std::string& reply) { return static_cast<bool>(std::cout << reply << std::endl); };
  for (std::string line; std::getline(std::cin, line);)
    if (!cascade::mcp::answer(server, line, send)) break;
}
