// Frames of stacks as the runtimes print them, and the lines that head or end them.
#include "prompt/line_heads.h"
#include "prompt/lines.h"
#include "prompt/scan.h"

namespace cascade::prompt {
namespace {

// "file.ext:12", "file.ext:12:3", anywhere in the text.
bool has_place(std::string_view text) noexcept {
  for (std::size_t colon = text.find(':'); colon != std::string_view::npos; colon = text.find(':', colon + 1)) {
    if (colon + 1 >= text.size() || !letters::is_digit(text[colon + 1])) continue;
    std::size_t at = colon;
    while (at > 0 && letters::is_letter_or_digit(text[at - 1])) --at;
    if (at > 1 && text[at - 1] == '.' && letters::is_name(text[at - 2])) return true;
  }
  return false;
}

// "at f (x.js:1:2)", "at com.acme.F.g(F.java:10)", "at Acme.F() in C:\x.cs:line 5", "at ./src/main.rs:3:5".
bool is_at_frame(std::string_view text, std::size_t indent) noexcept {
  Scan scan(text);
  if (!scan.eat("at ")) return false;
  const std::string_view rest = scan.rest();
  if (rest.empty() || rest.front() == ' ') return false;
  return has_place(rest) || (rest.back() == ')' && (indent > 0 || rest.find('.') != std::string_view::npos)) ||
         rest.find(":line ") != std::string_view::npos || (indent >= 2 && rest.find(' ') == std::string_view::npos);
}

// "#0  0x00007f in f (x=1) at a.c:3", "#1 /srv/a.php(12): f()", "  12: core::f", "0: 0x1 - f".
bool is_numbered_frame(std::string_view text, std::size_t indent) noexcept {
  Scan scan(text);
  if (scan.eat('#') && scan.eat_while(letters::is_digit) && scan.eat_while(letters::is_blank))
    return scan.eat("0x") || has_place(scan.rest()) || scan.rest().find('(') != std::string_view::npos;
  Scan rust(text);
  return indent >= 1 && rust.digits(1, 4) && rust.eat(": ") && rust.rest().find("::") != std::string_view::npos;
}

// "java.lang.IllegalStateException: x", "ValueError: x", "Exception in thread".
bool is_exception(std::string_view text) noexcept {
  const auto in_name = [](char c) { return letters::is_word(c) || c == '.' || c == '$'; };
  Scan scan(text);
  if (!scan.eat_while(in_name, 5)) return false;
  const std::string_view name = text.substr(0, text.size() - scan.rest().size());
  const auto ends_with = [&](std::string_view end) {
    return name.size() >= end.size() && name.substr(name.size() - end.size()) == end;
  };
  return (ends_with("Error") || ends_with("Exception") || ends_with("Warning")) && (scan.at_end() || scan.eat(':')) &&
         letters::is_letter(name.front());
}

// "app.rb:12:in `f'", "from app.rb:3:in `g'".
bool is_ruby_frame(std::string_view text) noexcept {
  return text.find(":in `") != std::string_view::npos || text.find(":in '") != std::string_view::npos;
}

// Go: "main.f(0xc0000, 0x1)", "\t/src/a.go:12 +0x1d", "goroutine 1 [running]:".
bool is_go_frame(std::string_view text) noexcept {
  if (text.find(" +0x") != std::string_view::npos && has_place(text)) return true;
  Scan scan(text);
  if (scan.eat("goroutine ") && scan.eat_while(letters::is_digit) && scan.eat(" [")) return true;
  const std::size_t open = text.find('(');
  return open != std::string_view::npos && text.back() == ')' && text.find('.') < open &&
         text.substr(open + 1, 2) == "0x" && text.find(' ') > open;
}

}  // namespace

bool is_trace(std::string_view text, std::size_t indent) noexcept {
  for (const std::string_view head : heads::traces)
    if (text.substr(0, head.size()) == head) return true;
  Scan more(text);
  if (more.eat("... ") && more.eat_while(letters::is_digit) && more.eat(" more")) return true;
  if (Scan file(text); file.eat("File \"") && file.rest().find("\", line ") != std::string_view::npos) return true;
  return is_at_frame(text, indent) || is_numbered_frame(text, indent) || is_exception(text) || is_ruby_frame(text) ||
         is_go_frame(text);
}

}  // namespace cascade::prompt
