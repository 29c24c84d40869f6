// A request of the C interface: one JSON object, read key by key.
#pragma once

#include <cascade/result.h>

#include "syntax/node.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::c {

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
