#include "files/paths.h"
#include "text/ascii.h"
#include "unicode/utf8.h"
#include "validate/reading/stance.h"
#include "validate/reading/words.h"
#include "validate/rules/checks.h"

namespace cascade::validation {
namespace {

bool is_path_char(char c) {
  return text::is_name(c) || c == '.' || c == '/' || c == '+' || c == '@' || static_cast<unsigned char>(c) >= 0x80;
}

// The path that begins at `at`, without the full stop of its sentence.
std::string_view path_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && is_path_char(text[end]) && end - at < 400) ++end;
  while (end > at && (text[end - 1] == '.' || text[end - 1] == '@')) --end;
  return text.substr(at, end - at);
}

bool has_extension(std::string_view path) {
  const std::string_view name = files::file_name(path);
  const std::size_t dot = name.rfind('.');
  return dot != std::string_view::npos && dot > 0 && dot + 1 < name.size();
}

// Files that a skill says it has.
class BundledFileCheck {
 public:
  BundledFileCheck(const Context& context, const Document& document, Findings& findings)
      : context_(context), document_(document), findings_(findings), text_(document.text()) {}

  void run() {
    for (const std::string_view variable : {"${CLAUDE_PLUGIN_ROOT}/", "$CLAUDE_PLUGIN_ROOT/"})
      each(variable, [&](std::size_t at) { below(document_.place().base, at, variable.size()); });
    if (!document_.place().skill) return;
    for (const std::string_view variable : {"${CLAUDE_SKILL_DIR}/", "$CLAUDE_SKILL_DIR/"})
      each(variable, [&](std::size_t at) { below(*document_.place().skill, at, variable.size()); });
    if (document_.role() != Role::skill) return;  // a guide that it brings along may speak of other skills
    each("scripts/", [&](std::size_t at) { bare(at); });
    each("scripts\\", [&](std::size_t at) { backslash(at); });
  }

 private:
  template <typename Visit>
  void each(std::string_view word, const Visit& visit) {
    for (std::size_t at = text_.find(word, document_.frontmatter().body); at != std::string_view::npos;
         at = text_.find(word, at + word.size()))
      visit(at);
  }

  void missing(std::size_t at, std::size_t length, const std::string& path) {
    findings_.add("CT008", document_.at(at, length), path + " does not exist", "add the file, or correct the path");
  }

  void below(std::string_view folder, std::size_t at, std::size_t variable) {
    const std::string_view path = path_at(text_, at + variable);
    const std::size_t end = at + variable + path.size();
    const char next = end < text_.size() ? text_[end] : ' ';
    if (path.empty() || next == '$' || next == '*' || next == '{' || next == '<' || next == '[') return;  // a pattern
    const ResolvedPath resolved = FileTree::resolve(folder, path);
    if (resolved.escapes)
      findings_.add("SEC009", document_.at(at, variable + path.size()), "the path leaves the root",
                    "keep what is needed inside the tree");
    else if (!context_.tree.exists(resolved.path) && !is_output(at))
      missing(at, variable + path.size(), resolved.path);
  }

  // Where something is written to, nothing has to be yet.
  bool is_output(std::size_t at) const {
    std::size_t line = at;
    while (line > 0 && text_[line - 1] != '\n' && at - line < 60) --line;
    const std::string_view words = text_.substr(line, at - line);
    if (!has_phrase(words, {"from", "using", "with", "by"}) &&
        has_phrase(words, {"write", "writes", "save", "saves", "saved", "create", "creates", "generate", "generates",
                           "store", "stores", "written", "export"}))
      return true;
    std::size_t before = at;
    while (before > 0 && (text_[before - 1] == ' ' || text_[before - 1] == '"')) --before;
    return before > 0 && text_[before - 1] == '>';
  }

  // scripts/x, when the skill has such a folder or the words before it run it.
  void bare(std::size_t at) {
    if (at > 0 &&
        (is_path_char(text_[at - 1]) || text_[at - 1] == '}' || text_[at - 1] == '\\' || text_[at - 1] == '>') &&
        !(at >= 2 && text_.substr(at - 2, 2) == "./" && (at == 2 || !is_path_char(text_[at - 3]))))
      return;
    const std::string_view path = path_at(text_, at);
    const std::size_t end = at + path.size();
    const char next = end < text_.size() ? text_[end] : ' ';
    if (!has_extension(path) || next == '*' || next == '{' || next == '<' || next == '$' || next == '[') return;
    const std::string_view skill = *document_.place().skill, base = document_.place().base;
    if (!context_.tree.has_folder(files::join(skill, "scripts"))) {
      // A project's own skill means the project's scripts, where there are any.
      const bool of_project = files::file_name(base) == ".claude";
      if (of_project && !context_.tree.has_folder(files::join(files::parent(base), "scripts"))) return;
      if (!is_run(at)) return;
    }
    for (const std::string_view folder : {skill, base, files::parent(base), std::string_view()})
      if (context_.tree.exists(FileTree::resolve(folder, path).path)) return;
    missing(at, path.size(), std::string(path));
  }

  bool is_run(std::size_t at) const {
    std::size_t begin = at;
    while (begin > 0 && text_[begin - 1] != '\n' && at - begin < 60) --begin;
    const std::string_view before = text_.substr(begin, at - begin);
    if (has_phrase(before, {"e.g", "for example", "such as", "avoid", "never", "don't"})) return false;
    return has_phrase(before, {"python", "python3", "bash", "sh", "zsh", "node", "deno", "bun", "ruby", "perl", "tsx",
                               "run", "execute", "runs", "executes", "running", "chmod", "uv"}) ||
           (before.size() >= 2 && before.substr(before.size() - 2) == "./");
  }

  void backslash(std::size_t at) {
    if (at > 0 && is_path_char(text_[at - 1])) return;
    std::size_t end = at;
    while (end < text_.size() && (is_path_char(text_[end]) || text_[end] == '\\') && end - at < 400) ++end;
    const std::string_view path = text_.substr(at, end - at);
    if (!has_extension(path) || path.substr(8, 1) == "n") return;
    if (stance_of(document_.body(), at, end) != Stance::meant) return;
    findings_.add("CT010", document_.at(at, path.size()), "the path has a backslash", "write scripts/...");
  }

  const Context& context_;
  const Document& document_;
  Findings& findings_;
  std::string_view text_;
};

// Names that stand for anybody's home, or for a machine that everybody has.
constexpr std::string_view anybody[] = {
    "admin",    "administrator", "agent",     "alice",     "app",     "appuser",   "bar",      "bob",
    "circleci", "claude",        "codespace", "coder",     "default", "deploy",    "dev",      "developer",
    "docker",   "ec2-user",      "example",   "foo",       "git",     "gitpod",    "guest",    "home",
    "jane",     "janedoe",       "john",      "johndoe",   "jovyan",  "linuxbrew", "me",       "my-user",
    "myname",   "myuser",        "n",         "name",      "node",    "pi",        "project",  "projects",
    "public",   "root",          "runner",    "sandbox",   "shared",  "some-user", "somebody", "someone",
    "someuser", "test",          "testuser",  "ubuntu",    "user",    "user-name", "user1",    "user_name",
    "username", "vagrant",       "vscode",    "workspace", "www",     "xxx",       "you"};

bool is_anybody(std::string_view name) {
  if (name.find_first_of("<>{}$[]*%") != std::string_view::npos) return true;
  for (const std::string_view known : anybody)
    if (text::equals_lower(name, known)) return true;
  return name.substr(0, 3) == "..." || text::starts_with_lower(name, "your");
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
    findings_.add("CT009", document_.at(begin, end - begin),
                  "the path " + unicode::displayable(text_.substr(begin, end - begin)) + " is one person's",
                  "write a relative path, or a placeholder such as <name>");
  }

  // /Users/name/ and /home/name/, with something behind.
  void home(std::size_t at) {
    const std::string_view word = text_.substr(at, text_[at] == 'U' ? 5 : 4);
    if ((word != "Users" && word != "home") || at == 0 || text_[at - 1] != '/') return;
    const bool of_file = at >= 8 && text_.substr(at - 8, 7) == "file://";
    const char before = at >= 2 && !of_file ? text_[at - 2] : ' ';
    if (text::is_name(before) || before == '/' || before == ':' || before == '.' || before == '}' || before == '$' ||
        before == '~' || before == '>')
      return;
    const std::size_t name = at + word.size() + 1;
    if (name >= text_.size() || text_[name - 1] != '/') return;
    std::size_t end = name;
    while (end < text_.size() && !text::is_space(text_[end]) && text_[end] != '/' && text_[end] != '"' &&
           text_[end] != '`' && text_[end] != '\'' && text_[end] != ')' && end - name < 64)
      ++end;
    if (end == name || end >= text_.size() || text_[end] != '/') return;
    if (!is_anybody(text_.substr(name, end - name))) report(at - 1, end);
  }

  // C:\Users\name\ and any path on another drive.
  void drive(std::size_t at) {
    if (at == 0 || !text::is_upper(text_[at - 1]) || (at >= 2 && text::is_word(text_[at - 2]))) return;
    std::size_t begin = at + 2;
    if (begin < text_.size() && text_[begin] == '\\') ++begin;  // doubled, as in a string
    std::size_t end = begin;
    while (end < text_.size() && (text::is_name(text_[end]) || text_[end] == '.')) ++end;
    const std::string_view folder = text_.substr(begin, end - begin);
    // ":\n" is a line feed in a string, not a folder.
    const bool escape = !folder.empty() && (folder.size() == 1 || text::is_upper(folder[1]) || folder[1] == '-') &&
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
};

}  // namespace

void check_bundled_files(const Context& context, const Document& document, Findings& findings) {
  if (is_manifest(document.role()) || document.role() == Role::resource)
    BundledFileCheck(context, document, findings).run();
}

void check_personal_paths(const Context&, const Document& document, Findings& findings) {
  if (is_manifest(document.role()) || document.role() == Role::resource) PersonalPathCheck(document, findings).run();
}

}  // namespace cascade::validation
