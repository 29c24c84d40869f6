// A server of the Model Context Protocol, without a transport: one line of JSON-RPC in, one line or nothing out. Speaks
// the handshake generation (`initialize`, revisions to 2025-11-25) and the stateless one (`server/discover`,
// 2026-07-28); each request tells by itself which it is of, so nothing is remembered between two of them.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "syntax/node.h"

namespace cascade::mcp {

// What a tool answers a model: text. `failed`: the model is told that it was refused, and why. `meta`: for programs,
// the members of the result's `_meta`; no client was seen to show them to a model.
struct ToolAnswer {
  std::string text;
  bool failed = false;
  std::vector<std::pair<std::string, syntax::Node>> meta = {};
};

struct Parameter {
  enum class Type : std::uint8_t { text, whole_number };
  std::string name, description;
  bool required = false;
  Type type = Type::text;
};

// Writes the one answer of a call to the client; false when it did not arrive.
using Deliver = std::function<bool(const ToolAnswer& answer)>;

struct Tool {
  std::string name, description;
  std::vector<Parameter> parameters;
  bool reads_only = false;
  std::function<ToolAnswer(const syntax::Node& arguments)> call;
  // In place of `call`, for a tool that has to know whether its answer arrived: calls `deliver` exactly once.
  std::function<void(const syntax::Node& arguments, const Deliver& deliver)> serve = {};
};

struct Server {
  std::string version;       // of the program
  std::string instructions;  // for the model; empty: none
  std::vector<Tool> tools;   // in the order in which they are listed
};

constexpr std::size_t max_line_bytes = 1 << 20;

// Answers a line: gives `send` one line without its line feed, or nothing: for a notification, an answer, a blank line.
// Whatever the line holds, it is answered by an error of JSON-RPC at worst. False when `send` said so: the client is
// gone.
bool answer(const Server& server, std::string_view line, const std::function<bool(const std::string& reply)>& send);
// The same as text; empty: there is no answer.
std::string answer(const Server& server, std::string_view line);

// What lists of tools cost a model that reads them: the definitions as they are sent.
std::string definitions(const Server& server);

// A member of a tool's arguments as text; empty when it is none.
std::string argument(const syntax::Node& arguments, std::string_view name);

}  // namespace cascade::mcp
