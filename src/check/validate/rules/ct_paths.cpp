// CT009: paths that hold somebody's name or drive. Names that stand for anybody, patterns, and sentences that warn of
// such paths are left out: most paths of this form in manifests are examples.
#include "text/ascii.h"
#include "unicode/utf8.h"
#include "validate/reading/lists.h"
#include "validate/reading/stance.h"
#include "validate/reading/words.h"
#include "validate/rules/checks.h"

#include <optional>
#include <set>

namespace cascade::validation {
namespace {

bool is_anybody(std::string_view name) {
  if (name.find_first_of("<>{}$[]*%()") != std::string_view::npos) return true;
  for (const char c : name)
    if (static_cast<unsigned char>(c) >= 0x80) return true;  // "用户名", "…": account names are plain letters
  for (const std::string_view known : lists::anybody)
    if (letters::equals_lower(name, known)) return true;
  for (const std::string_view service : {"server", "service", "runner", "bot", "-svc"})
    if (name.size() >= service.size() && letters::equals_lower(name.substr(name.size() - service.size()), service))
      return true;
  return name.substr(0, 3) == "..." || letters::starts_with_lower(name, "your") ||
         letters::starts_with_lower(name, "my-") || letters::starts_with_lower(name, "example");
}

// Code that builds an image: its homes are in the image.
bool builds_image(std::string_view code) {
  constexpr std::size_t farthest = 4000;  // bytes: what a fence begins with says what it is
  code = code.substr(0, farthest);
  if (code.find("FROM ") == std::string_view::npos) return false;
  for (const std::string_view order : {"\nCOPY ", "\nRUN ", "\nWORKDIR ", "\nENTRYPOINT ", "\nCMD ", "\nADD "})
    if (code.find(order) != std::string_view::npos) return true;
  return false;
}

// "USER app": the users of the images that a text builds, which are nobody's names.
std::set<std::string_view> users_of_images(std::string_view text) {
  std::set<std::string_view> users;
  constexpr std::string_view sign = "\nUSER ";
  for (std::size_t at = text.find(sign); at != std::string_view::npos; at = text.find(sign, at + sign.size())) {
    const std::size_t begin = at + sign.size();
    std::size_t end = begin;
    while (end < text.size() && (letters::is_name(text[end]) || text[end] == '.')) ++end;
    users.insert(text.substr(begin, end - begin));
  }
  return users;
}

class PersonalPathCheck {
 public:
  PersonalPathCheck(const Document& document, Findings& findings)
      : document_(document), findings_(findings), text_(document.text()) {}

  void run() {
    for (const std::size_t at : document_.triggers()[Trigger::home]) home(at);
    for (std::size_t at = text_.find(":\\"); at != std::string_view::npos; at = text_.find(":\\", at + 2)) drive(at);
  }

 private:
  void report(std::size_t begin, std::size_t end) {
    if (begin >= document_.frontmatter().body && is_shown(begin, end)) return;
    findings_.add("CT009", document_.at(begin, end - begin),
                  "the path " + unicode::displayable(text_.substr(begin, end - begin)) + " is one person's",
                  "write a relative path, or a placeholder such as <name>");
  }

  // Paths that must not be written, search patterns, and homes inside an image.
  bool is_shown(std::size_t begin, std::size_t end) const {
    const TextModel& body = document_.body();
    const Stretch* stretch = body.stretch_at(begin);
    if (stretch != nullptr && stretch->kind == Region::fence &&
        (letters::starts_with_lower(body.info_of(*stretch), "docker") ||
         builds_image(text_.substr(stretch->begin, stretch->end - stretch->begin))))
      return true;
    const std::string_view line = document_.lines().line(document_.line_of(begin));
    if (has_phrase(line.substr(0, 200), {"grep", "rg", "git grep", "ag", "ripgrep"}) &&
        line.find('"') != std::string_view::npos)
      return true;
    if (const Stance stance = stance_of(body, begin, end); takes_back_command(stance)) return true;
    const Range sentence = body.sentence_at(begin);
    const std::string_view before = text_.substr(sentence.begin, begin - std::min(begin, sentence.begin));
    if (has_phrase(before.substr(before.size() - std::min<std::size_t>(before.size(), 8)), {"e.g", "eg"})) return true;
    return has_phrase(before.substr(0, 60),
                      {"remove", "strip", "redact", "replace", "scrub", "mask", "anonymise", "anonymize",
                       "no hardcoded", "hardcoded", "hard-coded", "paths like", "paths such as"});
  }

  // /Users/name/, C:/Users/name/ and /home/name/, followed by something.
  void home(std::size_t at) {
    const std::string_view word = text_.substr(at, text_[at] == 'U' ? 5 : 4);
    if ((word != "Users" && word != "home") || at == 0 || text_[at - 1] != '/') return;
    const bool of_file = at >= 8 && text_.substr(at - 8, 7) == "file://";
    const bool of_drive = at >= 3 && word == "Users" && text_[at - 2] == ':' && letters::is_upper(text_[at - 3]) &&
                          (at == 3 || !letters::is_word(text_[at - 4]));
    const char before = at >= 2 && !of_file && !of_drive ? text_[at - 2] : ' ';
    if (letters::is_name(before) || before == '/' || before == ':' || before == '.' || before == '}' || before == '$' ||
        before == '~' || before == '>')
      return;
    const std::size_t name = at + word.size() + 1;
    if (name >= text_.size() || text_[name - 1] != '/') return;
    std::size_t end = name;
    while (end < text_.size() && !letters::is_space(text_[end]) && text_[end] != '/' && text_[end] != '"' &&
           text_[end] != '`' && text_[end] != '\'' && text_[end] != ')' && end - name < 64)
      ++end;
    if (end == name || end >= text_.size() || text_[end] != '/') return;
    const std::string_view who = text_.substr(name, end - name);
    if (is_anybody(who)) return;
    if (!users_) users_ = users_of_images(text_);
    if (users_->count(who) == 0) report(of_drive ? at - 3 : at - 1, end);
  }

  // C:\Users\name\ and any path on another drive.
  void drive(std::size_t at) {
    if (at == 0 || !letters::is_upper(text_[at - 1]) || (at >= 2 && letters::is_word(text_[at - 2]))) return;
    std::size_t begin = at + 2;
    if (begin < text_.size() && text_[begin] == '\\') ++begin;  // doubled, as in a string
    std::size_t end = begin;
    while (end < text_.size() && (letters::is_name(text_[end]) || text_[end] == '.')) ++end;
    const std::string_view folder = text_.substr(begin, end - begin);
    // ":\n" is a line feed in a string, not a folder.
    const bool escape = !folder.empty() && (folder.size() == 1 || letters::is_upper(folder[1]) || folder[1] == '-') &&
                        (folder[0] == 'n' || folder[0] == 't' || folder[0] == 'r');
    if (folder.size() < 2 || escape || end >= text_.size() || text_[end] != '\\') return;
    if (folder != "Users") {
      if (text_[at - 1] != 'C' && !is_anybody(folder)) report(at - 1, end);
      return;
    }
    std::size_t name = end + 1;
    if (name < text_.size() && text_[name] == '\\') ++name;
    std::size_t stop = name;
    while (stop < text_.size() && text_[stop] != '\\' && text_[stop] != '\n' && stop - name < 64) ++stop;
    const std::string_view who = text_.substr(name, stop - name);
    if (!who.empty() && stop < text_.size() && text_[stop] == '\\' && !is_anybody(who)) report(at - 1, stop);
  }

  const Document& document_;
  Findings& findings_;
  std::string_view text_;
  std::optional<std::set<std::string_view>> users_;  // of images, once a home is found
};

}  // namespace

void check_personal_paths(const Context&, const Document& document, Findings& findings) {
  if (is_manifest(document.role()) || document.role() == Role::resource) PersonalPathCheck(document, findings).run();
}

}  // namespace cascade::validation
