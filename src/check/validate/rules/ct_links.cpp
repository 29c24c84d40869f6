// Follows each relative link of a manifest within the tree: the target must exist, must not leave the root or lead
// into somebody's own files, and a #fragment must be a heading of its target. Placeholders such as <name> or path/to
// are skipped. Folders in which installers put files of clients are allowed below the home folder, except those that
// hold credentials.
#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "client/names.h"
#include "client/tables.h"
#include "files/paths.h"
#include "text/ascii.h"
#include "text/suggestion.h"
#include "text/word_set.h"
#include "unicode/utf8.h"
#include "validate/reading/links.h"
#include "validate/reading/lists.h"
#include "validate/reading/stance.h"
#include "validate/reading/text_model.h"
#include "validate/rules/checks.h"
#include "validate/rules/findings.h"

namespace cascade::validation {
namespace {

bool has_links(Role role) { return is_manifest(role) || role == Role::resource || role == Role::document; }

// Folders where installers put files for this and similar clients; credentials are there too.
bool is_client_folder(std::string_view below_home) {
  return !has_part(below_home, {"credential", "token", "secret", ".env", "auth", "history"}) &&
         client::is_in_client_folder(below_home);
}

// Paths that lead into somebody's own files.
bool is_private(std::string_view path) {
  if (path.starts_with("~/")) return !is_client_folder(path.substr(2));
  return starts_with_part(path, {"/etc/", "/root/", "/home/", "/Users/", "/var/", "/proc/"});
}

bool opens_another(std::string_view fence) {
  fence = letters::trim(fence);
  if (fence.starts_with("````")) return false;  // its end is longer, too
  for (std::size_t at = fence.find("\n```"); at != std::string_view::npos; at = fence.find("\n```", at + 1))
    if (at + 4 < fence.size() && letters::is_letter(fence[at + 4])) return true;
  return false;
}

// A fence that is never closed, or that holds the begin of another one: its end is the other one's.
bool has_broken_fence(const Document& document) {
  const std::string_view text = document.text().substr(document.body().body());
  const auto& blocks = document.body().outline().blocks;
  return std::any_of(blocks.begin(), blocks.end(), [&](const syntax::Block& block) {
    if (block.kind != syntax::BlockKind::fence) return false;
    return !block.closed || opens_another(text.substr(block.begin, block.end - block.begin));
  });
}

// Which links of a file only show what a link looks like.
enum class ShownLinks : std::uint8_t { none, introduced, all };

// A text about writing skills shows links. If a fence inside a template closed the template's own fence, the rest is
// still part of the template to everyone but a parser.
ShownLinks shown_links(const Context& context, const Document& document) {
  if (!is_about_authoring(context, document)) return ShownLinks::none;
  const bool broken = !document.body().outline().recovered_fences.empty() || has_broken_fence(document);
  return broken ? ShownLinks::all : ShownLinks::introduced;
}

bool is_introduced(std::string_view text, const Link& link) {
  constexpr std::size_t farthest = 400;  // bytes: a line may hold many links
  const std::size_t from = link.begin - std::min(link.begin, farthest);
  std::string_view before = text.substr(from, link.begin - from);
  before.remove_prefix(before.rfind('\n') + 1);  // of none: 0
  return introduces_example(before) || has_phrase(before, {"looks like", "look like", "written as", "written like"});
}

// "Use both [[wikilink]] and [standard](markdown) link formats": says how links are written.
bool is_named_as_form(std::string_view text, const Link& link) {
  std::string_view after = text.substr(link.end, 40);
  if (after.starts_with(")")) after.remove_prefix(1);
  constexpr std::string_view forms[] = {"link format", "link formats", "link syntax", "links"};
  return begins_with_one_of(after, forms);
}

// In a template, or in a quoted sentence that is to be written, a link belongs to the output.
bool is_for_output(const Document& document, const Link& link) {
  if (document.role() == Role::resource && has_phrase(document.path(), {"template", "templates"})) return true;
  const TextModel& body = document.body();
  const Stretch* stretch = body.stretch_at(link.begin);
  const auto is_shown = [&](const Stretch& around) {  // <example> and the like, too
    return around.kind == Region::quotation ||
           (around.kind == Region::quote && document.text().substr(around.begin, 1) == "<");
  };
  while (stretch != nullptr && !is_shown(*stretch)) stretch = body.around(*stretch);
  return stretch != nullptr;
}

// From the file; then from its skill, from the folder of all components, from the root: models try these.
std::string existing(const Context& context, const Document& document, const std::string& written) {
  std::vector<std::string_view> folders = {files::parent(document.path())};
  if (document.place().skill) folders.push_back(*document.place().skill);
  const std::string_view base = document.place().base;
  folders.insert(folders.end(), {base, files::parent(base), std::string_view()});
  for (const std::string_view folder : folders) {
    const ResolvedPath resolved = FileTree::resolve(folder, written);
    if (!resolved.escapes && context.tree.exists(resolved.path)) return resolved.path.empty() ? "." : resolved.path;
    // A page of a web site leads to others without their ending.
    const bool has_ending = files::file_name(resolved.path).find('.') != std::string_view::npos;
    if (is_manifest(document.role()) || resolved.escapes || has_ending) continue;
    if (std::string page = resolved.path + ".md"; context.tree.exists(page)) return page;
  }
  return {};
}

// Whether a path out of a package leads to a skill of the package beside it: where both are installed, it is there.
bool leads_to_neighbour(const Context& context, std::string_view path) {
  return path.starts_with("../") && path.substr(3, 3) != "../" && context.tree.has_file("package.json") &&
         has_part(path, {"/skills/"}) && files::file_name(path) == "SKILL.md";
}

// Returns the only file of that name in the skill.
std::string same_name(const Context& context, const Document& document, const std::string& path) {
  if (!document.place().skill) return {};
  const std::string_view name = files::file_name(path);
  std::string found;
  for (const std::string& file : context.tree.files_below(std::string(*document.place().skill))) {
    if (files::file_name(file) != name || file == document.path()) continue;
    if (!found.empty()) return {};
    found = file;
  }
  return found;
}

// The links of one file. The headings of each file that they lead to are read once.
class LinkCheck : FileJudge {
 public:
  using FileJudge::FileJudge;

  void run() {
    for (const Link& link : find_links(document_.body())) {
      if (is_template_target(link.written)) continue;
      if (link.path.empty())
        anchor(link, document_.path());
      else
        path(link);
    }
  }

 private:
  Location at(const Link& link) const { return document_.at(link.begin, link.end - link.begin); }

  void path(const Link& link) {
    if (is_private(link.path)) {
      findings_.add("SEC009", at(link),
                    "the link leads to " + unicode::displayable(link.path) + ", outside of the tree",
                    "keep what is needed inside the tree");
      return;
    }
    if (files::is_absolute(link.path) || link.path.compare(0, 2, "~/") == 0) return;  // a web site's, an installer's
    if (link.path.find('\\') != std::string::npos) return backslash(link);
    const ResolvedPath own = FileTree::resolve(folder_, link.path);
    if (own.escapes) {
      if (leads_to_neighbour(context_, own.path)) return;
      findings_.add("SEC009", at(link), "the link leaves the root", "keep what is needed inside the tree");
      return;
    }
    const std::string found = existing(context_, document_, link.path);
    if (!found.empty()) {
      if (!link.fragment.empty() && letters::to_lower(found).ends_with(".md")) anchor(link, found);
      return;
    }
    if (is_shown(link) || is_for_output(document_, link) || is_named_as_form(document_.text(), link)) return;
    const std::string elsewhere =
        ++dead_ <= findings_of_a_rule_in_a_file ? same_name(context_, document_, own.path) : std::string();
    findings_.add("CT001", at(link), "the link leads to " + unicode::displayable(own.path) + ", which does not exist",
                  elsewhere.empty() ? "add the file, or remove the link" : letters::did_you_mean(elsewhere));
  }

  bool is_shown(const Link& link) {
    if (!shown_) shown_ = shown_links(context_, document_);
    return *shown_ == ShownLinks::all || (*shown_ == ShownLinks::introduced && is_introduced(document_.text(), link));
  }

  void backslash(const Link& link) {
    std::string forward = link.path;
    std::ranges::replace(forward, '\\', '/');
    findings_.add("CT010", at(link), "the path has a backslash", "write " + files::normalise(forward));
  }

  void anchor(const Link& link, const std::string& path) {
    if (!findings_.runs("CT002") || link.fragment.substr(0, 1) == "L" || link.fragment.substr(0, 2) == ":~") return;
    if (path == document_.path()) {
      if (!own_anchors_) own_anchors_.emplace(document_.body());
      return report(link, path, own_anchors_->has(link.fragment));
    }
    auto known = anchors_.find(path);
    if (known == anchors_.end()) {
      const std::string text = context_.tree.read(path).value_or(std::string());
      known = anchors_.emplace(path, Anchors(TextModel(text, syntax::find_frontmatter(text).body))).first;
    }
    report(link, path, known->second.has(link.fragment));
  }

  void report(const Link& link, const std::string& path, bool exists) {
    if (exists || is_for_output(document_, link)) return;
    findings_.add("CT002", at(link),
                  (path == document_.path() ? "there is" : path + " has") + std::string(" no heading #") +
                      unicode::displayable(link.fragment),
                  "name a heading that is there");
  }

  std::string_view folder_ = files::parent(document_.path());
  std::optional<Anchors> own_anchors_;
  std::map<std::string, Anchors> anchors_;  // of the files that links lead to
  std::optional<ShownLinks> shown_;         // once a link was asked about
  std::size_t dead_ = 0;
};

// Whether a word behind "@" names a file: it has a folder, and an ending. "@scope/package" has none.
bool names_a_file(std::string_view path) {
  const std::string_view name = files::file_name(path);
  const std::size_t dot = name.rfind('.');
  return path.find('/') != std::string_view::npos && path.find("://") == std::string_view::npos &&
         dot != std::string_view::npos && dot > 0 && name.size() - dot <= 6 && name.size() - dot > 1 &&
         std::all_of(name.begin() + static_cast<std::ptrdiff_t>(dot) + 1, name.end(), letters::is_letter);
}

// "@~/Mobile Documents/notes.md" on a line of its own: the client takes what stands before the blank.
bool goes_on_behind_blank(std::string_view said, std::size_t at, std::size_t end) {
  const bool begins_line = at == 0 || said[at - 1] == '\n';
  if (!begins_line) return false;
  const std::string_view rest = said.substr(end, said.find('\n', end) - end);
  const std::string_view written = said.substr(at, end - at);
  return rest.starts_with(" ") && letters::trim(rest).ends_with(".md") &&
         rest.find_first_of("/\\") != std::string_view::npos && written.find_first_of("/\\") != std::string_view::npos;
}

// Visits each @path of running text: [at, end) with the sign, and the path.
template <typename Visit>
void for_each_import(const TextModel& body, const Visit& visit) {
  const std::string& said = body.running();
  for (std::size_t at = said.find('@', body.body()); at != std::string::npos; at = said.find('@', at + 1)) {
    if (at > 0 && !letters::is_space(said[at - 1])) continue;
    std::size_t end = at + 1;
    while (end < said.size() && !letters::is_space(said[end])) ++end;
    const std::size_t next = end;
    while (end > at + 1 && std::string_view(".,;:)").find(said[end - 1]) != std::string_view::npos) --end;
    visit(at, end, said.substr(at + 1, end - at - 1));
    at = next - 1;
  }
}

// The client's memory imports files, and these import others: all must be there.
class MemoryImports {
 public:
  MemoryImports(const Context& context, Findings& findings) : context_(context), findings_(findings) {}

  void check(const Document& document, std::size_t at, std::size_t end, const std::string& path) {
    if (goes_on_behind_blank(document.body().running(), at, end)) {
      findings_.add("CT001", document.at(at, end - at), "the client reads an import up to the first blank: " + path,
                    "write a backslash before each blank of the path");
      return;
    }
    follow(document.path(), path, document.at(at, end - at), 1);
  }

 private:
  void follow(const std::string& from, const std::string& path, const Location& where, int hops) {
    constexpr int most_hops = 5;  // as the client counts
    if (path.starts_with("~/") || files::is_absolute(path) ||
        (!names_a_file(path) && !letters::is_one_of(path, lists::memory_files)))
      return;
    const ResolvedPath file = FileTree::resolve(files::parent(from), path);
    if (file.escapes) return;
    if (!context_.tree.exists(file.path)) {
      if (names_a_file(path))
        findings_.add("CT001", where,
                      "the import of " + unicode::displayable(file.path) + " fails: there is no such file",
                      "add the file, or remove the line");
      return;
    }
    const bool begins_itself = files::file_name(file.path).starts_with("CLAUDE.");
    if (hops == most_hops || begins_itself || !file.path.ends_with(".md") || !seen_.insert(file.path).second) return;
    const auto text = context_.tree.read(file.path);
    if (!text || text->find('@') == std::string::npos) return;
    const syntax::LineIndex lines(*text);
    for_each_import(TextModel(*text, 0), [&](std::size_t at, std::size_t, const std::string& next) {
      follow(file.path, next, {file.path, lines.line_at(at), 0, 0, 0}, hops + 1);
    });
  }

  const Context& context_;
  Findings& findings_;
  std::set<std::string> seen_;
};

// Whether the client begins with this file: it reads AGENTS.md where there is no CLAUDE.md beside it or above.
bool is_read_first(const Context& context, const Document& document) {
  if (document.role() != Role::memory) return false;
  if (files::file_name(document.path()) != "AGENTS.md") return true;
  for (std::string_view folder = files::parent(document.path());; folder = files::parent(folder)) {
    if (context.tree.has_file(files::join(folder, "CLAUDE.md")) ||
        context.tree.has_file(files::join(folder, std::string(client::own_folder::name) + "/CLAUDE.md")))
      return false;
    if (folder.empty()) return true;
  }
}

// @path, which the client replaces by the file: those of the client's memory must be there, and none may lead out of
// the tree.
void check_imports(const Context& context, const Document& document, Findings& findings) {
  const bool of_memory = is_read_first(context, document);
  MemoryImports imports(context, findings);
  for_each_import(document.body(), [&](std::size_t at, std::size_t end, const std::string& path) {
    const bool own = document.role() == Role::memory && path.starts_with("~/");  // as the client suggests
    const bool up = path.starts_with("../") || path.starts_with("./../");
    const bool escapes = up && FileTree::resolve(files::parent(document.path()), path).escapes;
    if (!own && (escapes || is_private(path)))
      findings.add("SEC009", document.at(at, end - at), "the import leads out of the tree",
                   "keep what is needed inside the tree");
    else if (of_memory)
      imports.check(document, at, end, path);
  });
}

}  // namespace

void check_links(const Context& context, const Document& document, Findings& findings) {
  if (is_read_by_model(document.role()) &&
      (document.role() == Role::memory || has_part(document.text(), {"@~/", "@/", "@."})))
    check_imports(context, document, findings);
  if (has_links(document.role()) && has_part(document.text(), {"](", "]:"}))
    LinkCheck(context, document, findings).run();
}

// CT009: paths that hold somebody's name or drive. Names that stand for anybody, patterns, and sentences that warn of
// such paths are left out: most paths of this form in manifests are examples.

namespace {

bool is_anybody(std::string_view name) {
  if (name.find_first_of("<>{}$[]*%()") != std::string_view::npos) return true;
  if (unicode::skip_ascii(name, 0) < name.size()) return true;  // "用户名", "…": account names are plain letters
  if (letters::is_one_of_lower(name, lists::anybody)) return true;
  const std::string small = letters::to_lower(name);
  return ends_with_part(small, {"server", "service", "runner", "bot", "-svc"}) ||
         starts_with_part(small, {"...", "your", "my-", "example"});
}

// Code that builds an image: its homes are in the image.
bool builds_image(std::string_view code) {
  constexpr std::size_t farthest = 4000;  // bytes: what a fence begins with says what it is
  code = code.substr(0, farthest);
  return has_part(code, {"FROM "}) &&
         has_part(code, {"\nCOPY ", "\nRUN ", "\nWORKDIR ", "\nENTRYPOINT ", "\nCMD ", "\nADD "});
}

// "USER app": the users of the images that a text builds, which are nobody's names.
std::set<std::string_view> users_of_images(std::string_view text) {
  std::set<std::string_view> users;
  constexpr std::string_view sign = "\nUSER ";
  for (std::size_t at = text.find(sign); at != std::string_view::npos; at = text.find(sign, at + sign.size()))
    users.insert(letters::run_at_begin(text.substr(at + sign.size()), is_dotted));
  return users;
}

class PersonalPathCheck : FileJudge {
 public:
  using FileJudge::FileJudge;

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
    if (letters::is_name(before) || std::string_view("/:.}$~>").find(before) != std::string_view::npos) return;
    const std::size_t name = at + word.size() + 1;
    if (name >= text_.size() || text_[name - 1] != '/') return;
    std::size_t end = name;
    while (end < text_.size() && end - name < 64 &&
           std::string_view(" \t\n\v\f\r/\"`')").find(text_[end]) == std::string_view::npos)
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
    const std::string_view folder = letters::run_at_begin(text_.substr(begin), is_dotted);
    const std::size_t end = begin + folder.size();
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

  std::string_view text_ = document_.text();
  std::optional<std::set<std::string_view>> users_;  // of images, once a home is found
};

}  // namespace

void check_personal_paths(const Context& context, const Document& document, Findings& findings) {
  if (is_manifest(document.role()) || document.role() == Role::resource)
    PersonalPathCheck(context, document, findings).run();
}

}  // namespace cascade::validation
