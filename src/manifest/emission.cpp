#include "manifest/emission.h"

#include "unicode/utf8.h"

namespace cascade::manifest {
namespace {

// Unicode's White_Space, which is what the token pattern means by white space.
bool is_space(char32_t c) noexcept {
  return (c >= 0x09 && c <= 0x0D) || c == 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

constexpr std::string_view not_run = "(Commands written as !`...` have not been run.)";

bool has_command_to_run(std::string_view text) noexcept {
  for (std::size_t at = text.find("!`"); at != std::string_view::npos; at = text.find("!`", at + 2)) {
    const bool begins =
        at == 0 || text[at - 1] == ' ' || text[at - 1] == '\t' || text[at - 1] == '\n' || text[at - 1] == '\r';
    const std::size_t end = text.find_first_of("`\n", at + 2);
    if (begins && end != std::string_view::npos && text[end] == '`' && end > at + 2) return true;
  }
  return false;
}

}  // namespace

std::string emitted(std::string_view text) {
  std::size_t begin = 0, end = 0;
  bool started = false;
  for (std::size_t offset = 0; offset < text.size();) {
    const unicode::Decoded next = unicode::decode(text, offset);
    offset += next.length;
    if (!is_space(next.code_point)) {
      started = true;
      end = offset;
    } else if (!started && (next.code_point == '\n' || next.code_point == '\r')) {
      begin = offset;
    }
  }
  if (!started) return {};
  std::string out = text[begin] == '/' ? " " : "";
  out += unicode::replace_invalid(text.substr(begin, end - begin));
  out += "\n\n";
  if (has_command_to_run(text)) out.append(not_run).append("\n\n");
  return out;
}

}  // namespace cascade::manifest
