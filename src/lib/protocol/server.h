// A server of the Model Context Protocol without a transport: each line of JSON-RPC, one message or a batch of them,
// gives one line or nothing. Speaks
// the handshake generation (`initialize`, revisions to 2025-11-25) and the stateless one (`server/discover`,
// 2026-07-28). Each request shows by itself which of the two it belongs to, so nothing is remembered between requests.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "syntax/node.h"

namespace cascade::mcp {

// A tool's answer to a model, as text. `failed`: the model learns that the call was refused, and why. `meta`: members
// of the result's `_meta`, for programs; no client is known to show them to a model.
struct ToolAnswer {
  std::string text;
  bool failed = false;
  std::vector<std::pair<std::string, syntax::Node>> meta = {};
};

// `description` is read by the model with every list of tools, so each word of it is paid for in every conversation.
struct Parameter {
  enum class Type : std::uint8_t { text, whole_number };
  std::string name, description;
  bool required = false;  // a call without it is refused before the tool sees it
  Type type = Type::text;
};

// Writes the one answer of a call to the client. False if it did not arrive.
using Deliver = std::function<bool(const ToolAnswer& answer)>;

struct Tool {
  std::string name, description;
  std::vector<Parameter> parameters;
  bool reads_only = false;  // told to the client, which may then call the tool without asking its user
  std::function<ToolAnswer(const syntax::Node& arguments)> call;
  // Replaces `call` for a tool that must know whether its answer arrived: calls `deliver` exactly once.
  std::function<void(const syntax::Node& arguments, const Deliver& deliver)> serve = {};
  std::string instructions = {};  // how to use it, for the model; empty: none
  bool is_listed_unasked = true;  // also where nobody named the tools that are wanted
};

struct Server {
  std::string version;       // of the program
  std::string instructions;  // for the model; empty: none
  std::vector<Tool> tools;   // in the order of the list
};

constexpr std::size_t max_line_bytes = 1 << 20;  // a longer line is answered with an error and not parsed

// Answers one line. Calls `send` with one line without its line feed, or not at all for a notification, an answer or a
// blank line. Any line is accepted: at worst it gets a JSON-RPC error. Returns false if `send` did: the client is gone.
bool answer(const Server& server, std::string_view line, const std::function<bool(const std::string& reply)>& send);

// A member of a tool's arguments as text; empty if it is missing or not text.
std::string argument(const syntax::Node& arguments, std::string_view name);

}  // namespace cascade::mcp
