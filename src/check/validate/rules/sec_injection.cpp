// Sentences that try to change who the model is or whom it obeys. A trigger word leads to its sentence, the sentence is
// matched with the known shapes (validate/reading/stance.h), and then the text around it decides: quoted, shown as
// an example, or warned of is no attack. Judging the sentence alone would flag every page about prompt injection.
#include <algorithm>

#include "text/ascii.h"
#include "validate/reading/lists.h"
#include "validate/reading/plugins.h"
#include "validate/reading/stance.h"
#include "validate/reading/text_model.h"
#include "validate/rules/checks.h"

namespace cascade::validation {
namespace {

using syntax::Node;

constexpr std::size_t neighbourhood = 300;

class InjectionCheck : FileJudge {
 public:
  using FileJudge::FileJudge;

  void run() {
    for (const Trigger trigger : {Trigger::drop, Trigger::secrecy}) {
      std::size_t done = 0;
      for (const std::size_t at : document_.triggers()[trigger]) {
        if (at < std::max(done, body_.body()) || body_.running()[at] == ' ') continue;
        if (findings_.has_enough("SEC005")) return;
        const Range sentence = body_.sentence_at(at);
        done = sentence.end;
        judge(sentence, trigger);
      }
    }
    for (const std::size_t at : document_.triggers()[Trigger::system]) role(at);
  }

 private:
  void judge(const Range& sentence, Trigger trigger) {
    const std::string_view said = slice(body_.running(), sentence.begin, sentence.end);
    const Range block = body_.block_at(sentence.begin);
    const std::string_view around =
        slice(body_.running(), std::max(block.begin, sentence.begin - std::min(sentence.begin, neighbourhood)),
              std::min(block.end, sentence.end + neighbourhood));
    const auto match = trigger == Trigger::drop ? find_override(said) : find_secrecy(said, around);
    if (!match) return;
    const std::size_t begin = sentence.begin + match->begin, end = sentence.begin + match->end;
    if (trigger == Trigger::drop) {
      if (explains_an_option(begin)) return;
      if (stance_of(body_, begin, end) != Stance::meant) return;
    } else if (introduces_example(slice(said, 0, match->begin)) || stance_of_lead(sentence.begin)) {
      return;
    }
    report(begin, end, match->what);
  }

  // "| `--system <prompt>` | Override the system prompt |": what a program's option does.
  bool explains_an_option(std::size_t at) const {
    const auto cell = body_.table_cell(at);
    if (!cell) return false;
    const std::string_view row = slice(body_.text(), cell->row.begin, at);
    const std::size_t first = row.find_first_not_of(" \t|`");
    return first != std::string_view::npos && row[first] == '-' && row.find('|', first) != std::string_view::npos;
  }

  // For words that contain a negation themselves: only the text before the sentence can revoke them.
  bool stance_of_lead(std::size_t at) const {
    for (const std::string_view lead : body_.lead_ins(at))
      if (!lead.empty() && letters::trim(lead).back() == ':' && introduces_example(lead)) return true;
    for (const std::string_view heading : body_.headings_above(at))
      if (names_bad_practice(heading)) return true;
    return false;
  }

  void role(std::size_t at) {
    if (at < body_.body() || body_.running()[at] == ' ') return;
    const std::uint32_t line = document_.line_of(at);
    const std::size_t begin = document_.lines().start(line);
    const auto match = find_role_switch(slice(body_.running(), begin, begin + document_.lines().line(line).size()));
    if (match && at >= begin + match->begin && at < begin + match->end &&
        stance_of(body_, begin + match->begin, begin + match->end) == Stance::meant)
      report(begin + match->begin, begin + match->end, match->what);
  }

  void report(std::size_t begin, std::size_t end, std::string_view what) {
    findings_.add("SEC005", document_.at(begin, end - begin), "this " + std::string(what),
                  "remove it; quote it where it is shown as an example");
  }

  const TextModel& body_ = document_.body();
};

// The fields that the client lists to the model.
void check_fields(const Document& document, Findings& findings) {
  for (const std::string_view field : {"name", "description", "when_to_use", "argument-hint"}) {
    const Node* value = document.field(field);
    if (!is_text(value)) continue;
    const TextModel model(value->text, 0);
    std::size_t begin = 0;
    while (begin < value->text.size()) {
      const Range sentence = model.sentence_at(begin);
      const std::size_t end = std::max(sentence.end, begin + 1);
      const std::string_view said = slice(model.running(), begin, end);
      auto match = find_override(said);
      if (match && stance_of(model, begin + match->begin, begin + match->end) != Stance::meant) match.reset();
      if (!match)
        match = find_secrecy(said, slice(value->text, begin - std::min(begin, neighbourhood),
                                         std::min(value->text.size(), end + neighbourhood)));
      if (match && !introduces_example(slice(said, 0, match->begin)))
        findings.add("SEC005",
                     document.at_part(
                         *value, std::string_view(value->text).substr(begin + match->begin, match->end - match->begin)),
                     std::string(field) + ": this " + std::string(match->what), "remove it");
      begin = end;
    }
  }
}

// A file of a skill that is named or titled after attacks contains them as samples.
bool is_attack_material(const Document& document) {
  if (document.role() != Role::resource) return false;
  const auto names_attacks = [](std::string_view name) {
    return has_phrase(name, {"payload", "payloads", "attack", "attacks", "injection", "injections", "exploit",
                             "exploits", "jailbreak", "jailbreaks", "adversarial", "malicious", "poisoned"});
  };
  std::string name = document.path().substr(document.place().skill ? document.place().skill->size() : 0);
  std::replace(name.begin(), name.end(), '_', ' ');
  if (names_attacks(name)) return true;
  const syntax::Outline& outline = document.body().outline();
  return !outline.headings.empty() && names_attacks(outline.blocks[outline.headings.front()].text);
}

}  // namespace

void check_prompt_injection(const Context& context, const Document& document, Findings& findings) {
  if (!is_markdown(document.role())) return;
  const Triggers& triggers = document.triggers();
  if (triggers[Trigger::drop].empty() && triggers[Trigger::secrecy].empty() && triggers[Trigger::system].empty())
    return;
  if (!is_attack_material(document)) InjectionCheck(context, document, findings).run();
  if (is_manifest(document.role())) check_fields(document, findings);
}

// Orders that a reader of the rendered page does not see: in comments, and in elements whose style hides them. Comments
// are common and mostly harmless, so a text must address the model or override something; being imperative is not
// enough.
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

// A text orders if it names the model and tells it something, or if a sentence overrides instructions, gives a role, or
// asks for secrecy from the user. Words alone are not enough: comments of honest authors say "must" and "never", too.
bool is_order(std::string_view text) {
  if (is_addressed(text) && has_phrase(text, lists::imperatives)) return true;
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

class HiddenCheck : FileJudge {
 public:
  using FileJudge::FileJudge;

  void run() {
    for (const Stretch& stretch : body_.stretches()) {
      if (stretch.kind == Region::comment) comment(stretch);
      if (stretch.kind == Region::tag) element(stretch);
    }
    for (const std::string_view mark : {"]: # ", "]: <> "})  // a link that leads nowhere is shown nowhere
      for (std::size_t at = text_.find(mark); at != std::string_view::npos;) {
        const std::size_t end = std::min(text_.find('\n', at), text_.size());
        std::string_view said = slice(text_, at + mark.size(), end);
        said.remove_prefix(std::min(said.find_first_not_of("(\"'"), said.size()));
        if (is_order(said.substr(0, 2000))) report(at, end, "in a comment", said);
        at = text_.find(mark, end);
      }
  }

 private:
  void report(std::size_t begin, std::size_t end, const char* where, std::string_view said) {
    const bool grave = findings_.profile() == Profile::install && has_phrase(said, lists::grave_orders);
    findings_.add("SEC006", grave ? Severity::error : Severity::warning, document_.at(begin, end - begin),
                  std::string("an order stands ") + where, "write it where readers see it, or remove it");
    for (const auto& match : {find_override(said), find_role_switch(said)})
      if (match) {
        findings_.add("SEC005", Severity::error, document_.at(begin, end - begin),
                      "this " + std::string(match->what) + ", and is hidden", "remove it");
        return;
      }
  }

  void comment(const Stretch& stretch) {
    std::string_view said = slice(text_, stretch.begin, stretch.end);
    said = said.substr(0, 20'000);  // bytes that are searched; bounds the work in a hostile file
    if (said.starts_with("<!--")) said.remove_prefix(4);
    if (said.ends_with("-->")) said.remove_suffix(3);
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
        return !style.starts_with("color:") || packed.find("background") == std::string::npos ||
               has_part(packed, {"background:white", "background:#fff", "background-color:white"});
    return has_part(packed, {"hidden>", "hidden="});
  }

  void element(const Stretch& stretch) {
    const std::string_view tag = slice(text_, stretch.begin, stretch.end);
    if (tag.starts_with("</") || tag.find('=') == std::string_view::npos || !is_invisible(tag)) return;
    const std::string closing = "</" + std::string(letters::run_at_begin(tag.substr(1), letters::is_name));
    const std::string_view rest = text_.substr(stretch.end, 20'000);
    const std::string_view said = rest.substr(0, rest.find(closing));
    if (said.size() < rest.size() &&
        (is_order(said) || (has_phrase(said, lists::imperatives) && has_phrase(said, {"you", "assistant", "user"}))))
      report(stretch.begin, stretch.end + said.size(), "in an element that is not shown", said);
  }

  const TextModel& body_ = document_.body();
  std::string_view text_ = document_.text();
};

}  // namespace

void check_hidden_instructions(const Context& context, const Document& document, Findings& findings) {
  if (is_markdown(document.role()) && has_part(document.text(), {"<!--", "]: ", "style=", "hidden"}))
    HiddenCheck(context, document, findings).run();
}

}  // namespace cascade::validation
