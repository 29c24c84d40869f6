#include "c/handle.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>

#include "request/task.h"
#include "syntax/json.h"
#include "text/suggestion.h"
#include "unicode/utf8.h"

namespace cascade::c {

cascade_code code_of(ErrorCode code) noexcept {
  switch (code) {
    case ErrorCode::not_found: return CASCADE_NOT_FOUND;
    case ErrorCode::unreadable: return CASCADE_UNREADABLE;
    case ErrorCode::unwritable: return CASCADE_UNWRITABLE;
    case ErrorCode::malformed: return CASCADE_MALFORMED;
    case ErrorCode::stale: return CASCADE_STALE;
    case ErrorCode::unsupported: return CASCADE_UNSUPPORTED;
    case ErrorCode::misuse: return CASCADE_MISUSE;
  }
  return CASCADE_FAULT;
}

std::string message_of(const Error& error) {
  std::string text = error.path.empty() ? error.message : error.path + ": " + error.message;
  if (!error.help.empty()) text += "\nhelp: " + error.help;
  // A path may hold any bytes, but the caller gets UTF-8.
  return unicode::replace_invalid(text);
}

char* copied(std::string_view text) noexcept {
  char* copy = static_cast<char*>(std::malloc(text.size() + 1));
  if (copy == nullptr) return nullptr;
  // A NUL in a manifest would end the text early.
  std::replace_copy(text.begin(), text.end(), copy, '\0', ' ');
  copy[text.size()] = '\0';
  return copy;
}

}  // namespace cascade::c

const char* cascade_version(void) { return CASCADE_VERSION; }

const char* cascade_code_name(int code) {
  constexpr const char* names[] = {"ok",        "no",    "not_found",   "unreadable", "unwritable",
                                   "malformed", "stale", "unsupported", "misuse",     "fault"};
  return code >= CASCADE_OK && code <= CASCADE_FAULT ? names[code] : "unknown";
}

void cascade_free(char* answer) { std::free(answer); }

// Reads the JSON object that a C caller passes in. Each getter notes the key that it asked for; finish() then reports
// the first value of a wrong type, or a key that nothing asked for. So a misspelt key is an error and needs no second
// list of known keys.

namespace cascade::c {
namespace {

using syntax::Node, syntax::NodeKind;

// Parses all of `text` as a number in this base.
template <typename Number>
std::optional<Number> parse_number(std::string_view text, int base) {
  Number value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (fault != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

Result<Request> Request::parse(const char* text) {
  Request request;
  request.root_.kind = NodeKind::map;
  if (text == nullptr) return request;
  syntax::Parsed parsed = syntax::parse_json(text);
  if (!parsed.faults.empty()) {
    const syntax::Fault& fault = parsed.faults.front();
    return Error{ErrorCode::malformed,
                 "the request at " + std::to_string(fault.at.line) + ":" + std::to_string(fault.at.column) + ": " +
                     fault.message,
                 {},
                 {}};
  }
  if (!parsed.complete || parsed.root.kind != NodeKind::map)
    return Error{ErrorCode::malformed, "the request is not a JSON object", {}, {}};
  request.root_ = std::move(parsed.root);
  return request;
}

const Node* Request::ask(std::string_view key) {
  asked_.emplace_back(key);
  const Node* value = root_.find(key);
  return value != nullptr && value->kind != NodeKind::null ? value : nullptr;
}

void Request::fail(std::string_view key, std::string_view wanted) {
  if (!fault_)
    fault_ =
        Error{ErrorCode::misuse, "'" + std::string(key) + "' of the request is to be " + std::string(wanted), {}, {}};
}

std::optional<std::string> Request::text(std::string_view key) {
  const Node* value = ask(key);
  if (value == nullptr) return std::nullopt;
  if (value->kind == NodeKind::string) return value->text;
  fail(key, "a string");
  return std::nullopt;
}

std::optional<std::uint32_t> Request::number(std::string_view key) {
  const Node* value = ask(key);
  if (value == nullptr) return std::nullopt;
  const auto number = value->kind == NodeKind::number ? parse_number<std::uint32_t>(value->text, 10) : std::nullopt;
  if (!number) fail(key, "a whole number from 0 to 4294967295");
  return number;
}

bool Request::flag(std::string_view key) {
  const Node* value = ask(key);
  if (value == nullptr) return false;
  if (value->kind != NodeKind::boolean) fail(key, "true or false");
  return value->text == "true";
}

std::vector<std::string> Request::list(std::string_view key) {
  std::vector<std::string> texts;
  const Node* value = ask(key);
  if (value == nullptr) return texts;
  const auto is_text = [](const Node& item) { return item.kind == NodeKind::string; };
  if (value->kind != NodeKind::list || !std::ranges::all_of(value->items, is_text)) {
    fail(key, "a list of strings");
    return texts;
  }
  for (const Node& item : value->items) texts.push_back(item.text);
  return texts;
}

std::vector<std::uint64_t> Request::hashes(std::string_view key) {
  std::vector<std::uint64_t> hashes;
  for (const std::string& text : list(key)) {
    const auto hash = text.size() == 16 ? parse_number<std::uint64_t>(text, 16) : std::nullopt;
    if (!hash) fail(key, "a list of content hashes, 16 hexadecimal digits each");
    hashes.push_back(hash.value_or(0));
  }
  return hashes;
}

Result<void> Request::finish() const {
  if (fault_) return *fault_;
  for (std::size_t i = 0; i < root_.size(); ++i) {
    const std::string& key = root_.key(i).text;
    if (std::ranges::find(asked_, key) != asked_.end()) continue;
    const std::string known = letters::joined(asked_, ", ");
    return Error{ErrorCode::misuse,
                 "the request has a key '" + key + "' that nothing reads",
                 {},
                 known.empty() ? "it takes none" : "known are " + known};
  }
  return {};
}

ResolveKeys::ResolveKeys(Request& request)
    : items(request.list("items")), exclude(request.list("exclude")), depth(request.number("depth")) {
  const auto found = request::parse_follow(request.text("follow").value_or("invoked"));
  if (!found) request.fail("follow", "one of required, invoked, mentioned");
  follow = found.value_or(follow);
}

Result<cascade::Request> ResolveKeys::find(const Registry& registry) const {
  cascade::Request request;
  auto roots = request::find_symbols(registry, items), without = request::find_symbols(registry, exclude);
  if (!roots) return roots.error();
  if (!without) return without.error();
  request.roots = *std::move(roots);
  request.exclude = *std::move(without);
  request.depth = depth.value_or(0);
  request.follow = follow;
  return request;
}

// Without the key, the first of `allowed`.
Format format(Request& request, std::initializer_list<Format> allowed) {
  const auto given = request.text("format");
  if (!given) return *allowed.begin();
  std::vector<std::string_view> names;
  for (const Format format : allowed) {
    if (*given == to_string(format)) return format;
    names.push_back(to_string(format));
  }
  request.fail("format", "one of " + letters::listed({names.data(), names.size()}));
  return *allowed.begin();
}

std::vector<Kind> kinds(Request& request) {
  std::vector<Kind> found;
  for (const std::string& text : request.list("kinds")) {
    const auto kind = parse_kind(text);
    if (!kind) request.fail("kinds", "a list of skill, agent, command");
    found.push_back(kind.value_or(Kind::skill));
  }
  return found;
}

}  // namespace cascade::c
