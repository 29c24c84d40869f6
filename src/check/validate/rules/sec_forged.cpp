// SEC019, SEC020 and SEC021: text that poses as Cascade or the client, characters that a terminal obeys, and manifests
// that ask for more than they may decide. Marks in code are notes, because texts about prompts show them. Control
// characters are searched by blocks of bytes: nearly every file has none.
#include "manifest/forged_marks.h"
#include "text/byte_block.h"
#include "unicode/utf8.h"
#include "validate/reading/bundled_code.h"
#include "validate/reading/characters.h"
#include "validate/rules/checks.h"

namespace cascade::validation {
namespace {

// Where a control character begins: one of ASCII except NUL and what ends or indents a line, or one of U+0080 to
// U+009F, whose first byte is 0xC2.
constexpr auto may_be_control = [](const char* from) noexcept {
  const letters::ByteBlock here = letters::load_block(from), next = letters::load_block(from + 1);
  const letters::ByteBlock blank = (here == '\n') | (here == '\r') | (here == '\t') | (here == '\f');
  constexpr auto first = static_cast<signed char>(0xC2), end = static_cast<signed char>(0xA0);
  return ((here > 0) & (here < ' ') & ~blank) | (here == 0x7F) | ((here == first) & (next < end));
};

// What a terminal obeys: a call for its name, bell, backspace, a vertical tab, ESC and the other shifts, and the second
// set of controls. The others it swallows.
bool is_obeyed(char32_t c) noexcept {
  switch (c) {
    case 0x05:
    case 0x07:
    case 0x08:
    case 0x0B:
    case 0x0E:
    case 0x0F:
    case 0x1B: return true;
    default: return c >= 0x80;
  }
}

constexpr char32_t escape = 0x1B;

// '\033[1;32m' in a program, written with the character itself: a colour. Number 8 hides what follows.
bool is_colour(const Document& document, std::size_t at, char32_t c) {
  constexpr std::size_t longest = 24;
  const std::string_view text = document.text();
  if (c != escape || is_markdown(document.role()) || is_json(document.role()) || text.substr(at + 1, 1) != "[")
    return false;
  const std::size_t end = text.substr(0, at + longest).find_first_not_of("0123456789;", at + 2);
  if (end == std::string_view::npos || text[end] != 'm') return false;
  const std::string_view numbers = text.substr(at + 2, end - at - 2);
  return numbers != "8" && !numbers.starts_with("8;") && !numbers.ends_with(";8") &&
         numbers.find(";8;") == std::string_view::npos;
}

// join("\x01") or ESC = "\x1B", written with the character itself: a separator or a constant in a program.
bool is_separator(const Document& document, std::size_t at, char32_t c) {
  const std::string_view text = document.text();
  if ((is_obeyed(c) && c != escape) || is_markdown(document.role()) || is_json(document.role())) return false;
  if (at == 0 || at + 1 >= text.size() || text[at - 1] != text[at + 1]) return false;
  return text[at + 1] == '"' || text[at + 1] == '\'' || text[at + 1] == '`';
}

// The line that a mark begins, as much of it as a message needs.
std::string line_from(std::string_view text, std::size_t at) {
  constexpr std::size_t most = 60;
  const std::size_t end = std::min(text.find_first_of("\r\n", at), text.size());
  return unicode::displayable(text.substr(at, std::min(end - at, most)));
}

// In ticks, also in escaped ones: \`<system-reminder>\` in a text that was copied from a program.
bool is_ticked(std::string_view text, std::size_t at) {
  const std::size_t close = text.find_first_of(">\n", at);
  if (at == 0 || text[at - 1] != '`' || close == std::string_view::npos || text[close] != '>') return false;
  const std::size_t tick = close + (text.substr(close + 1, 1) == "\\" ? 2 : 1);
  return text.substr(tick, 1) == "`";
}

}  // namespace

void check_forged_marks(const Context&, const Document& document, Findings& findings) {
  if (document.is_binary() || !is_read_by_model(document.role())) return;
  const std::string_view text = document.text();
  for (const std::size_t at : manifest::forged_marks(text)) {
    const Region region = at < document.body().body() ? Region::running : document.body().region_at(at);
    const bool shown =
        region == Region::fence || region == Region::indented || region == Region::code || is_ticked(text, at);
    findings.add("SEC019", shown ? Severity::info : Severity::error, document.at(at, 1),
                 "\"" + line_from(text, at) + "\" is what Cascade or the client writes",
                 "say it in other words; it is defused before a model reads it");
  }
}

void check_authority(const Context&, const Document& document, Findings& findings) {
  if (!document.manifest()) return;
  if (const syntax::Node* metadata = document.field("metadata"))
    if (const syntax::Node* pin = metadata->find("cascade-pinned"); pin != nullptr && pin->text == "true")
      findings.add("SEC021", document.at(*pin), "the manifest asks to be in every session",
                   "users allow it with cascade allow, or pin it themselves");
}

void check_control_characters(const Context&, const Document& document, Findings& findings) {
  if (document.is_binary() || is_bundled_code(document.path(), document.text()) ||
      is_generated_code(document.path(), document.text()))
    return;
  const std::string_view text = document.text();
  std::size_t next = 0;  // one finding per line
  letters::for_each_where(text, may_be_control, [&](std::size_t at) {
    if (at < next) return;
    const unicode::Decoded here = unicode::decode(text, at);
    if (!here.valid || is_separator(document, at, here.code_point) || is_colour(document, at, here.code_point)) return;
    // A vertical tab comes from word processors and web pages; it hides nothing.
    const bool harmless = here.code_point == 0x0B && is_markdown(document.role());
    findings.add("SEC020", harmless ? std::optional(Severity::info) : std::nullopt, document.at(at, here.length),
                 code_point_name(here.code_point) +
                     (is_obeyed(here.code_point) ? " is obeyed by a terminal" : " is a control that nobody sees"),
                 "remove it, or write it as an escape (\\033)");
    next = std::min(text.find('\n', at), text.size());
  });
}

}  // namespace cascade::validation
