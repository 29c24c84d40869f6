// Answers JSON-RPC lines. A line is checked for size and JSON, each message in it for the version, method, id and
// params, in this order, and each fault has its own error, with the id as far as it can be told; what passes is
// dispatched by method. Both generations of the protocol share one dispatch: a request that carries a version in its
// _meta belongs to the stateless one, and only its results get the extra members. The server keeps no state, so a lost
// or repeated request does no harm.
#include "protocol/server.h"

#include <algorithm>
#include <array>

#include "syntax/put.h"

namespace cascade::mcp {
namespace {

using syntax::JsonWriter, syntax::Node, syntax::NodeKind;

constexpr std::string_view stateless = "2026-07-28";
constexpr std::array<std::string_view, 4> handshake = {"2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"};
constexpr std::string_view version_key = "io.modelcontextprotocol/protocolVersion";
constexpr std::string_view server_key = "io.modelcontextprotocol/serverInfo";
constexpr std::uint64_t lists_hold_ms = 5'000;  // how long a client may keep the list before it asks again

// JSON-RPC's own numbers, and one of the protocol's.
enum class Code : std::int32_t {
  parse_error = -32'700,
  invalid_request = -32'600,
  unknown_method = -32'601,
  invalid_parameters = -32'602,
  unsupported_version = -32'022,
};

// No tool takes arguments that are deeper or larger. JSON has no aliases.
constexpr syntax::NodeLimits limits{.bytes = max_line_bytes, .depth = 64, .nodes = 50'000, .alias_nodes = 0};

bool is_id(const Node* id) { return id != nullptr && (id->kind == NodeKind::string || id->kind == NodeKind::number); }

// An id that is neither a string nor a number is answered with null, as JSON-RPC wants it.
JsonWriter begin_reply(const Node* id) {
  JsonWriter json(JsonWriter::Style::compact);
  put(json.begin_object(), "jsonrpc", "2.0").key("id");
  is_id(id) ? syntax::write_json(json, *id) : static_cast<void>(json.null());
  return json;
}

std::string error(const Node* id, Code code, const std::string& message) {
  JsonWriter json = begin_reply(id);
  put(json.key("error").begin_object(), "code", static_cast<std::int32_t>(code));
  return put(json, "message", message).end_object().end_object().take();
}

void write_versions(JsonWriter& json) {
  json.begin_array().string(stateless);
  for (const std::string_view version : handshake) json.string(version);
  json.end_array();
}

std::string unsupported(const Node* id, const std::string& asked) {
  JsonWriter json = begin_reply(id);
  put(json.key("error").begin_object(), "code", static_cast<std::int32_t>(Code::unsupported_version), "message",
      "Unsupported protocol version");
  write_versions(json.key("data").begin_object().key("supported"));
  put(json, "requested", asked);
  return json.end_object().end_object().end_object().take();
}

void write_tool(JsonWriter& json, const Tool& tool) {
  put(json.begin_object(), "name", tool.name, "description", tool.description);
  put(json.key("inputSchema").begin_object(), "type", "object").key("properties").begin_object();
  for (const Parameter& parameter : tool.parameters) {
    put(json.key(parameter.name).begin_object(), "type",
        parameter.type == Parameter::Type::whole_number ? "integer" : "string");
    if (!parameter.description.empty()) put(json, "description", parameter.description);
    json.end_object();
  }
  json.end_object().key("required").begin_array();
  for (const Parameter& parameter : tool.parameters)
    if (parameter.required) json.string(parameter.name);
  json.end_array().end_object();
  put(json.key("annotations").begin_object(), "readOnlyHint", tool.reads_only);
  json.end_object().end_object();
}

using Send = std::function<bool(const std::string& reply)>;

// One request under way.
class Request {
 public:
  Request(const Server& server, const Node& message, const Send& send)
      : server_(server), send_(send), id_(message.find("id")), params_(message.find("params")) {
    const Node* const method = message.find("method");
    if (method != nullptr && method->kind == NodeKind::string) method_ = method->text;
    const Node* const meta = params_ == nullptr ? nullptr : params_->find("_meta");
    const Node* const version = meta == nullptr ? nullptr : meta->find(version_key);
    if (version != nullptr) version_ = version->text;
  }

  // Answers the request. False if the answer did not arrive.
  bool answer() {
    if (method_ == "tools/call" && is_known_version()) return call();
    return send_(reply());
  }

 private:
  bool is_known_version() const {
    return version_.empty() || version_ == stateless || std::ranges::find(handshake, version_) != handshake.end();
  }

  std::string reply() const {
    if (!is_known_version()) return unsupported(id_, version_);
    if (method_ == "initialize") return initialize();
    if (method_ == "server/discover") return discover();
    if (method_ == "ping") return result(false, [](JsonWriter&) {});
    if (method_ == "tools/list") return list();
    return error(id_, Code::unknown_method, "Method not found");
  }

  bool is_stateless() const { return version_ == stateless || method_ == "server/discover"; }

  // The stateless generation wants to know of each result whether it is complete, and of a list how long it holds.
  template <typename Write>
  std::string result(bool listed, const Write& write) const {
    JsonWriter json = begin_reply(id_);
    json.key("result").begin_object();
    write(json);
    if (is_stateless()) {
      put(json, "resultType", "complete");
      if (listed) put(json, "ttlMs", lists_hold_ms, "cacheScope", "private");
    }
    return json.end_object().end_object().take();
  }

  void write_identity(JsonWriter& json) const {
    put(json.begin_object(), "name", "cascade", "version", server_.version).end_object();
  }

  void write_common(JsonWriter& json) const {
    json.key("capabilities").begin_object().key("tools").begin_object().end_object().end_object();
    if (!server_.instructions.empty()) put(json, "instructions", server_.instructions);
  }

  // A client that asks for an unknown revision is offered the newest of its generation.
  std::string initialize() const {
    std::string asked;
    if (params_ != nullptr)
      if (const Node* const version = params_->find("protocolVersion")) asked = version->text;
    const bool known = std::ranges::find(handshake, asked) != handshake.end();
    return result(false, [&](JsonWriter& json) {
      put(json, "protocolVersion", known ? std::string_view(asked) : handshake.front());
      write_common(json);
      write_identity(json.key("serverInfo"));
    });
  }

  std::string discover() const {
    return result(true, [&](JsonWriter& json) {
      write_versions(json.key("supportedVersions"));
      write_common(json);
      write_identity(json.key("serverInfo"));
      write_identity(json.key("_meta").begin_object().key(server_key));
      json.end_object();
    });
  }

  // The list has one page, so no cursor was ever given out.
  std::string list() const {
    const Node* const cursor = params_ == nullptr ? nullptr : params_->find("cursor");
    if (cursor != nullptr && cursor->kind != NodeKind::null)
      return error(id_, Code::invalid_parameters, "Invalid cursor");
    return result(true, [&](JsonWriter& json) {
      json.key("tools").array(server_.tools, [&](const Tool& tool) { write_tool(json, tool); });
    });
  }

  std::string tool_result(const ToolAnswer& told) const {
    return result(false, [&](JsonWriter& json) {
      put(json.key("content").begin_array().begin_object(), "type", "text", "text", told.text);
      put(json.end_object().end_array(), "isError", told.failed);
      if (told.meta.empty()) return;
      json.key("_meta").begin_object();
      for (const auto& [name, value] : told.meta) syntax::write_json(json.key(name), value);
      json.end_object();
    });
  }

  // An unknown tool is a fault of the request; a missing argument is an answer of the tool, so that the model reads it
  // and can call again.
  bool call() const {
    const Node* const name = params_ == nullptr ? nullptr : params_->find("name");
    if (name == nullptr || name->kind != NodeKind::string)
      return send_(error(id_, Code::invalid_parameters, "tools/call needs a name"));
    const auto tool = std::ranges::find_if(server_.tools, [&](const Tool& one) { return one.name == name->text; });
    if (tool == server_.tools.end()) return send_(error(id_, Code::invalid_parameters, "Unknown tool: " + name->text));
    const Node* const given = params_->find("arguments");
    if (given != nullptr && given->kind != NodeKind::map && given->kind != NodeKind::null)
      return send_(error(id_, Code::invalid_parameters, "the arguments are not an object"));
    Node none;
    none.kind = NodeKind::map;
    const Node& arguments = given != nullptr && given->kind == NodeKind::map ? *given : none;
    for (const Parameter& parameter : tool->parameters)
      if (parameter.required && argument(arguments, parameter.name).empty())
        return send_(tool_result({tool->name + " needs the argument " + parameter.name, true}));
    if (!tool->serve) return send_(tool_result(tool->call(arguments)));
    bool arrived = true;
    tool->serve(arguments, [&](const ToolAnswer& told) { return arrived = send_(tool_result(told)); });
    return arrived;
  }

  const Server& server_;
  const Send& send_;
  const Node* id_;
  const Node* params_;
  std::string method_, version_;
};

constexpr std::size_t most_in_batch = 64;

// One message of a line. False if the answer did not arrive.
enum class Alone : std::uint8_t { yes, in_batch };
bool answer_message(const Server& server, const Node& message, Alone alone, const Send& send) {
  if (message.kind != NodeKind::map)
    return send(error(nullptr, Code::invalid_request, "the message is not a JSON object"));
  const Node* const id = message.find("id");
  const Node* const known = is_id(id) ? id : nullptr;
  const Node* const version = message.find("jsonrpc");
  if (version == nullptr || version->kind != NodeKind::string || version->text != "2.0")
    return send(error(known, Code::invalid_request, "the message is no JSON-RPC: \"jsonrpc\" must be \"2.0\""));
  const Node* const method = message.find("method");
  if (method == nullptr) {
    const bool is_answer = message.find("result") != nullptr || message.find("error") != nullptr;
    return is_answer || send(error(known, Code::invalid_request, "the message has no method"));
  }
  if (method->kind != NodeKind::string) return send(error(known, Code::invalid_request, "the method is not a string"));
  if (id == nullptr) return true;  // a notification
  if (known == nullptr) return send(error(nullptr, Code::invalid_request, "the id is neither a string nor a number"));
  if (alone == Alone::in_batch && method->text == "initialize")
    return send(error(id, Code::invalid_request, "initialize may not be part of a batch"));
  const Node* const params = message.find("params");
  if (params != nullptr && params->kind != NodeKind::map)
    return send(error(id, Code::invalid_parameters, "the params are not an object"));
  return Request(server, message, send).answer();
}

// Several messages in one line, as revision 2025-03-26 has them. Their answers are one line, in the same order; if none
// of them asks for one, there is none.
bool answer_batch(const Server& server, const Node& batch, const Send& send) {
  if (batch.items.empty()) return send(error(nullptr, Code::invalid_request, "the batch is empty"));
  if (batch.items.size() > most_in_batch)
    return send(error(nullptr, Code::invalid_request,
                      "the batch has more than " + std::to_string(most_in_batch) + " messages"));
  std::string replies;
  for (const Node& message : batch.items)
    answer_message(server, message, Alone::in_batch, [&](const std::string& reply) {
      replies += (replies.empty() ? "[" : ",") + reply;
      return true;
    });
  return replies.empty() || send(replies + "]");
}

// The id of a message that cannot be parsed: the first member of that name in the outermost object, in the first 64
// KiB. An answer without it would leave the caller waiting.
Node id_in(std::string_view line) {
  constexpr std::string_view of_numbers = "0123456789.eE+-";
  line = line.substr(0, 64 << 10);
  int depth = 0;
  std::string_view name, before;  // the last two signs
  for (std::size_t at = 0, end = 0; at < line.size(); at = end) {
    end = at + 1;
    if (line[at] == '"') {
      while (end < line.size() && line[end] != '"') end += line[end] == '\\' ? 2 : 1;
      ++end;
    } else if (of_numbers.find(line[at]) != std::string_view::npos) {
      end = std::min(line.find_first_not_of(of_numbers, at), line.size());
    }
    const std::string_view sign = line.substr(at, end - at);
    if (sign == " " || sign == "\t") continue;
    if (depth == 1 && name == "\"id\"" && before == ":" && sign.size() <= 256) {
      const syntax::Parsed parsed = syntax::parse_json("{\"id\":" + std::string(sign) + "}", limits);
      const Node* const id = parsed.complete ? parsed.root.find("id") : nullptr;
      return is_id(id) ? *id : Node();
    }
    depth += sign == "{" || sign == "[" ? 1 : sign == "}" || sign == "]" ? -1 : 0;
    name = std::exchange(before, sign);
  }
  return {};
}

}  // namespace

std::string argument(const Node& arguments, std::string_view name) {
  const Node* const value = arguments.find(name);
  const bool scalar = value != nullptr && value->kind != NodeKind::map && value->kind != NodeKind::list &&
                      value->kind != NodeKind::null;
  return scalar ? value->text : std::string();
}

bool answer(const Server& server, std::string_view line, const Send& send) {
  if (line.find_first_not_of(" \t\r\n") == std::string_view::npos) return true;
  if (line.size() > max_line_bytes) {
    const Node id = id_in(line);
    return send(error(&id, Code::invalid_request, "the message is longer than 1 MiB"));
  }
  const syntax::Parsed parsed = syntax::parse_json(line, limits);
  if (!parsed.complete) {
    const Node id = id_in(line);
    return send(error(&id, Code::parse_error, "Parse error"));
  }
  return parsed.root.kind == NodeKind::list ? answer_batch(server, parsed.root, send)
                                            : answer_message(server, parsed.root, Alone::yes, send);
}

}  // namespace cascade::mcp
