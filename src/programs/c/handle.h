// The object behind a cascade_workspace*.
#pragma once

#include <cascade/cascade.h>
#include <cascade/registry.h>
#include <cascade/render.h>
#include <cascade/resolve.h>
#include <cascade/result.h>
#include <cascade/workspace.h>

#include <cstdint>
#include <exception>
#include <initializer_list>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "syntax/node.h"

namespace cascade::c {

// An answer, and whether it means yes.
struct Answer {
  std::string text;
  bool yes = true;
};

cascade_code code_of(ErrorCode code) noexcept;
std::string message_of(const Error& error);

// A copy that the C interface's caller must free; null if memory is short.
char* copied(std::string_view text) noexcept;

// Runs `step` (a function that returns Result<Answer>), writes its outcome to `answer`, and lets no exception escape.
template <typename Step>
cascade_code answered(char** answer, Step&& step) noexcept {
  if (answer == nullptr) return CASCADE_MISUSE;
  *answer = nullptr;
  try {
    const Result<Answer> result = std::forward<Step>(step)();
    *answer = copied(result ? result->text : message_of(result.error()));
    if (*answer == nullptr) return CASCADE_FAULT;
    if (!result) return code_of(result.error().code);
    return result->yes ? CASCADE_OK : CASCADE_NO;
  } catch (const std::exception& fault) {
    *answer = copied(fault.what());
  } catch (...) {
    *answer = copied("an exception of unknown type");
  }
  return CASCADE_FAULT;
}

// A request of the C interface: one JSON object, read key by key.
// Faults are gathered while keys are read, the first one is kept; finish() tells it. A key that was never asked for is
// a fault, too.
//
//   auto request = Request::parse(text);
//   const auto budget = request->number("budget");
//   if (auto done = request->finish(); !done) return done.error();
class Request {
 public:
  // Null counts as an empty object. malformed: not a JSON object, ill-formed UTF-8, or a duplicate key.
  static Result<Request> parse(const char* text);

  std::optional<std::string> text(std::string_view key);
  std::optional<std::uint32_t> number(std::string_view key);
  bool flag(std::string_view key);                           // false if absent
  std::vector<std::string> list(std::string_view key);       // of strings
  std::vector<std::uint64_t> hashes(std::string_view key);   // of 16 hexadecimal digits each
  void fail(std::string_view key, std::string_view wanted);  // records that the key's value is not what is wanted

  Result<void> finish() const;  // misuse: a wrong value, or a key that was never asked for

 private:
  const syntax::Node* ask(std::string_view key);

  syntax::Node root_;
  std::vector<std::string> asked_;
  std::optional<Error> fault_;
};

}  // namespace cascade::c

// One workspace and the lock that its calls wait for.
struct cascade_workspace {
  cascade_workspace(cascade::WorkspaceOptions given, cascade::Workspace opened)
      : options(std::move(given)), workspace(std::move(opened)) {}

  std::mutex turn;
  const cascade::WorkspaceOptions options;  // the original options, for opening single roots again
  cascade::Workspace workspace;
};

namespace cascade::c {

// Runs one call on a workspace: `step` receives the workspace and the parsed request, and returns a Result<Answer>.
template <typename Step>
cascade_code answered_by(cascade_workspace* handle, const char* request, char** answer, Step&& step) noexcept {
  return answered(answer, [&]() -> Result<Answer> {
    if (handle == nullptr) return Error{ErrorCode::misuse, "the workspace is a null pointer", {}, {}};
    auto parsed = Request::parse(request);
    if (!parsed) return parsed.error();
    const std::lock_guard<std::mutex> lock(handle->turn);
    return std::forward<Step>(step)(*handle, *parsed);
  });
}

// The keys "items", "exclude", "depth" and "follow". Call finish() on the request before find().
struct ResolveKeys {
  explicit ResolveKeys(Request& request);
  Result<cascade::Request> find(const Registry& registry) const;

  std::vector<std::string> items, exclude;
  std::optional<std::uint32_t> depth;
  Strength follow = Strength::invoked;
};

// The key "format", one of `allowed`; the first of them if it is absent.
Format format(Request& request, std::initializer_list<Format> allowed);

std::vector<Kind> kinds(Request& request);  // the key "kinds"

}  // namespace cascade::c
