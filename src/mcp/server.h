// A server of the Model Context Protocol, without a transport: one line of JSON-RPC in, one line or nothing out. Speaks
// the handshake generation (`initialize`, revisions to 2025-11-25) and the stateless one (`server/discover`,
// 2026-07-28); each request tells by itself which it is of, so nothing is remembered between two of them.
#pragma once

#include <cascade/result.h>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "syntax/node.h"

namespace cascade::mcp {

// What a tool answers a model: text. `failed`: the model is told that it was refused, and why.
struct ToolAnswer {
  std::string text;
  bool failed = false;
};

struct Parameter {
  std::string name, description;
  bool required = false;
};

struct Tool {
  std::string name, description;
  std::vector<Parameter> parameters;  // all of them texts
  bool reads_only = false;
  std::function<ToolAnswer(const syntax::Node& arguments)> call;
};

struct Server {
  std::string version;       // of the program
  std::string instructions;  // for the model; empty: none
  std::vector<Tool> tools;   // in the order in which they are listed
};

constexpr std::size_t max_line_bytes = 1 << 20;

// The answer to a line, without its line feed; empty where there is none: to a notification, an answer, a blank line.
// Whatever the line holds, it is answered by an error of JSON-RPC at worst.
std::string answer(const Server& server, std::string_view line);

// What lists of tools cost a model that reads them: the definitions as they are sent.
std::string definitions(const Server& server);

// A member of a tool's arguments as text; empty when it is none.
std::string argument(const syntax::Node& arguments, std::string_view name);

}  // namespace cascade::mcp
