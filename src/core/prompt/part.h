// A part of a prompt, and the kinds of parts.
#pragma once

#include <cstdint>
#include <string_view>

namespace cascade::prompt {

enum class PartKind : std::uint8_t {
  said,       // by the person
  code,       // in a fence, indented, or by its looks
  quotation,  // "> ", a mail, a chat, a sentence between quotation marks
  log,
  trace,
  diff,
  table,
  data,      // JSON, YAML, markup, SQL, configuration
  terminal,  // a shell's prompt, and what a command printed
  prose,     // running text of others that the person introduces ("the README says:")
};
std::string_view to_string(PartKind kind) noexcept;

struct Part {
  std::uint32_t begin = 0, end = 0;  // bytes
  PartKind kind = PartKind::said;
};

}  // namespace cascade::prompt
