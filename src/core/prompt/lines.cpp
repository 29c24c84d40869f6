// Asks the families of looks one after the other, those that need the fewest characters first.
#include "prompt/lines.h"

#include "prompt/scan.h"

namespace cascade::prompt {
namespace {

constexpr LineLook strong(PartKind kind) { return {kind, Looks::strong}; }

// "> text", ">> text", "> > text"; not a lone ">" before a number ("> 5 files").
bool is_quotation(std::string_view text) noexcept {
  Scan scan(text);
  if (!scan.eat('>')) return false;
  if (text.substr(0, 4) == ">>> ") return false;  // an interpreter's prompt
  return scan.at_end() || scan.peek() == ' ' || scan.peek() == '>' || letters::is_letter(scan.peek()) ||
         static_cast<unsigned char>(scan.peek()) >= 0x80;
}

}  // namespace

std::string_view fence_of(std::string_view line) noexcept {
  const std::string_view text = letters::trim_left(line);
  if (text.size() < 3 || (text[0] != '`' && text[0] != '~')) return {};
  std::size_t length = 0;
  while (length < text.size() && text[length] == text[0]) ++length;
  if (length < 3) return {};
  // "```x```" on one line is code within a line.
  if (text[0] == '`' && text.find('`', length) != std::string_view::npos) return {};
  return text.substr(0, length);
}

LineLook look_of(std::string_view line) noexcept {
  while (!line.empty() && letters::is_space(line.back())) line.remove_suffix(1);
  std::size_t indent = 0;
  while (indent < line.size() && letters::is_blank(line[indent])) ++indent;
  const std::string_view text = line.substr(indent);
  if (text.empty()) return {};
  if (indent <= 3 && is_quotation(text)) return strong(PartKind::quotation);
  if (is_terminal(text)) return strong(PartKind::terminal);
  if (is_diff_head(line)) return strong(PartKind::diff);
  if (is_trace(text, indent)) return strong(PartKind::trace);
  LineLook look = look_of_log(text);
  if (look.looks != Looks::strong) {
    const auto prefer = [&](LineLook other) {
      if (other.looks > look.looks) look = other;
    };
    prefer(look_of_data(text, indent));
    if (look.looks != Looks::strong) prefer(look_of_table(text));
    if (look.looks != Looks::strong) prefer(look_of_code(text, indent));
    if (look.looks == Looks::plain) look = look_of_output(text);
  }
  return look;
}

}  // namespace cascade::prompt
