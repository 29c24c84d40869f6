// Orders that a reader of the rendered page does not see: in comments, and in elements whose style hides them. Comments
// are common and mostly harmless, so a text must address the model or override something; being imperative is not
// enough.
#include "text/ascii.h"
#include "validate/reading/injection.h"
#include "validate/reading/lists.h"
#include "validate/reading/words.h"
#include "validate/rules/checks.h"

namespace cascade::validation {
namespace {

// "assistant: ...", "Instructions for the model ..."
bool is_addressed(std::string_view text) {
  text = letters::trim(text);
  std::size_t length = 0;
  for (const std::string_view who : lists::addressees)
    if (begins_with_phrase(text, who, length) && length < text.size()) {
      const char next = letters::trim(text.substr(length)).front();
      const bool hyphen = text[length] == '-';  // "agent-owned"
      if (next == ':' || next == ',' || (next == '-' && !hyphen) || next == '!') return true;
    }
  return has_phrase(text, lists::addressed);
}

// The begin of an instruction.
bool is_imperative(std::string_view text) { return has_phrase(text, lists::imperatives); }

// A text orders if it names the model and tells it something, or if a sentence overrides instructions, gives a role, or
// asks for secrecy from the user. Words alone are not enough: comments of honest authors say "must" and "never", too.
bool is_order(std::string_view text) {
  if (is_addressed(text) && is_imperative(text)) return true;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find_first_of(".\n!", begin), text.size());
    const std::string_view sentence = text.substr(begin, end - begin);
    if (find_override(sentence) || find_role_switch(sentence)) return true;
    if (find_secrecy(sentence, text.substr(0, 2000)) &&
        has_phrase(text, {"quietly", "silently", "secretly", "you", "user"}))
      return true;
    begin = end + 1;
  }
  return false;
}

class HiddenCheck {
 public:
  HiddenCheck(const Document& document, Findings& findings)
      : document_(document), findings_(findings), body_(document.body()) {}

  void run() {
    for (const Stretch& stretch : body_.stretches()) {
      if (stretch.kind == Region::comment) comment(stretch);
      if (stretch.kind == Region::tag) element(stretch);
    }
  }

 private:
  std::string_view text(std::size_t begin, std::size_t end) const {
    return begin < end ? document_.text().substr(begin, end - begin) : std::string_view();
  }

  void report(std::size_t begin, std::size_t end, const char* where, std::string_view said) {
    findings_.add("SEC006", document_.at(begin, end - begin), std::string("an order stands ") + where,
                  "write it where readers see it, or remove it");
    for (const auto& match : {find_override(said), find_role_switch(said)})
      if (match) {
        findings_.add("SEC005", Severity::error, document_.at(begin, end - begin),
                      "this " + std::string(match->what) + ", and is hidden", "remove it");
        return;
      }
  }

  void comment(const Stretch& stretch) {
    std::string_view said = text(stretch.begin, stretch.end);
    if (said.size() < 7 || said.size() > 20'000)
      said = said.substr(0, 20'000);  // bytes that are searched; bounds the work in a hostile file
    if (said.substr(0, 4) == "<!--") said.remove_prefix(4);
    if (said.size() >= 3 && said.substr(said.size() - 3) == "-->") said.remove_suffix(3);
    if (is_order(said)) report(stretch.begin, stretch.end, "in a comment", said);
  }

  // White text is invisible only on a white background, or if none is given.
  static bool is_invisible(std::string_view tag) {
    std::string packed;
    for (const char c : tag)
      if (!letters::is_space(c)) packed += letters::to_lower(c);
    for (const std::string_view style : {"display:none", "visibility:hidden", "font-size:0", "opacity:0;",
                                         "opacity:0\"", "color:white", "color:#fff", "height:0", "width:0"})
      if (packed.find(style) != std::string::npos)
        return style.substr(0, 6) != "color:" || packed.find("background") == std::string::npos ||
               packed.find("background:white") != std::string::npos ||
               packed.find("background:#fff") != std::string::npos ||
               packed.find("background-color:white") != std::string::npos;
    return packed.find("hidden>") != std::string::npos || packed.find("hidden=") != std::string::npos;
  }

  void element(const Stretch& stretch) {
    const std::string_view tag = text(stretch.begin, stretch.end);
    if (tag.substr(0, 2) == "</" || tag.find('=') == std::string_view::npos || !is_invisible(tag)) return;
    std::size_t name = 1;
    while (name < tag.size() && letters::is_name(tag[name])) ++name;
    const std::string closing = "</" + std::string(tag.substr(1, name - 1));
    const std::string_view rest = document_.text().substr(stretch.end, 20'000);
    const std::string_view said = rest.substr(0, rest.find(closing));
    if (said.size() < rest.size() &&
        (is_order(said) || (is_imperative(said) && has_phrase(said, {"you", "assistant", "user"}))))
      report(stretch.begin, stretch.end + said.size(), "in an element that is not shown", said);
  }

  const Document& document_;
  Findings& findings_;
  const TextModel& body_;
};

}  // namespace

void check_hidden_instructions(const Context&, const Document& document, Findings& findings) {
  if (!is_markdown(document.role())) return;
  const std::string_view text = document.text();
  if (text.find("<!--") == std::string_view::npos && text.find("style=") == std::string_view::npos &&
      text.find("hidden") == std::string_view::npos)
    return;
  HiddenCheck(document, findings).run();
}

}  // namespace cascade::validation
