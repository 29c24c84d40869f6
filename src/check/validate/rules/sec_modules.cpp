// SEC032: modules that a plugin's hooks.json names. The client runs them inside of itself, not confined, and asks only
// whether the folder is trusted; so it is told what they handle and call. They are read as text: comments are passed
// over, what a name stands for at run time is not known, and nothing is run.
#include <algorithm>
#include <set>

#include "files/paths.h"
#include "text/ascii.h"
#include "unicode/utf8.h"
#include "validate/rules/checks.h"

namespace cascade::validation {
namespace {

// The interface's parts by which a module reaches something outside of the conversation (client 2.1.332).
struct Reach {
  std::string_view part, what;
};
constexpr Reach reaches[] = {{"process", "programs"},
                             {"fs", "files"},
                             {"http", "network"},
                             {"env", "environment"},
                             {"settings", "settings"},
                             {"mcp", "servers"},
                             {"model", "further requests to the model"}};

bool is_letter(char c) { return letters::is_word(c) || c == '$'; }

// What a module's text says, gathered over the files that it imports.
struct Acts {
  std::set<std::string> handlers, calls, imports;
  std::set<std::string_view> reached;
};

class ModuleText {
 public:
  ModuleText(std::string_view text, Acts& acts) : text_(text), acts_(acts) {}

  void read() {
    while (at_ < text_.size()) {
      if (text_.compare(at_, 2, "//") == 0)
        at_ = std::min(text_.find('\n', at_), text_.size());
      else if (text_.compare(at_, 2, "/*") == 0)
        at_ = std::min(text_.find("*/", at_ + 2), text_.size() - 2) + 2;
      else if (text_[at_] == '\'' || text_[at_] == '"' || text_[at_] == '`')
        quoted(read_quoted());
      else if (is_letter(text_[at_]))
        word();
      else
        before_ += text_[at_] == ' ' || text_[at_] == '\n' ? "" : std::string(1, text_[at_]), ++at_;
    }
  }

 private:
  std::string read_quoted() {
    const char quote = text_[at_++];
    std::string words;
    for (; at_ < text_.size() && text_[at_] != quote; ++at_) {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
      words += text_[at_];
    }
    at_ += at_ < text_.size();
    return words;
  }

  // `before_`: the last words and signs without blanks, "on(" or "$.process.run".
  void quoted(const std::string& words) {
    const bool is_import = before_.ends_with("from") || before_.ends_with("import") || before_.ends_with("import(");
    if (before_.ends_with("on(") && (before_.size() == 3 || !is_letter(before_[before_.size() - 4])))
      acts_.handlers.insert(words);
    if (is_import && words.starts_with(".")) acts_.imports.insert(words);
    before_.clear();
  }

  void word() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_letter(text_[at_])) ++at_;
    const std::string_view word = text_.substr(begin, at_ - begin);
    if (before_.empty() || is_letter(before_.back())) before_.clear();
    before_ += word;
    for (const Reach& reach : reaches) {
      const std::string called = "." + std::string(reach.part) + "." + std::string(word);
      if (!before_.ends_with(called)) continue;
      acts_.calls.insert(called.substr(1));
      acts_.reached.insert(reach.what);
    }
  }

  std::string_view text_;
  Acts& acts_;
  std::size_t at_ = 0;
  std::string before_;
};

template <typename Names>
std::string joined(const Names& names) {
  constexpr std::size_t most = 12;
  std::string text;
  std::size_t count = 0;
  for (const auto& name : names) {
    if (count++ == most) return text + ", ...";
    text += (text.empty() ? "" : ", ") + unicode::displayable(std::string(name));
  }
  return text;
}

// False: the module itself cannot be read.
bool read_module(const FileTree& tree, const std::string& path, Acts& acts) {
  constexpr std::size_t most_files = 64;
  std::vector<std::string> open = {path};
  std::set<std::string> seen;
  while (!open.empty() && seen.size() < most_files) {
    const std::string file = std::move(open.back());
    open.pop_back();
    if (!seen.insert(file).second) continue;
    const auto text = tree.read(file);
    if (!text && file == path) return false;
    if (!text) continue;
    acts.imports.clear();
    ModuleText(*text, acts).read();
    for (const std::string& name : acts.imports)
      if (const ResolvedPath found = FileTree::resolve(files::parent(file), name); !found.escapes)
        open.push_back(found.path);
  }
  return true;
}

}  // namespace

void check_modules(const Context& context, const Document& document, Findings& findings) {
  if (document.role() != Role::hooks || !findings.runs("SEC032")) return;
  const syntax::Node* modules = document.data().find("modules");
  if (modules == nullptr || modules->kind != syntax::NodeKind::list) return;
  for (const syntax::Node& module : modules->items) {
    if (module.kind != syntax::NodeKind::string) continue;
    const ResolvedPath path = FileTree::resolve(files::parent(document.path()), module.text);
    Acts acts;
    if (path.escapes || !read_module(context.tree, path.path, acts)) {
      findings.add("SEC032", document.at(module), "the module " + unicode::displayable(module.text) + " cannot be read",
                   "it would run inside of the client: look at it by hand");
      continue;
    }
    findings.add(
        "SEC032", document.at(module),
        path.path + " runs inside of the client, without being confined: it handles " +
            (acts.handlers.empty() ? "what cannot be told" : joined(acts.handlers)) + "; it reaches " +
            (acts.reached.empty() ? "nothing outside" : joined(acts.reached) + " (" + joined(acts.calls) + ")"),
        "read it before you trust the folder: the client asks for the folder alone");
  }
}

}  // namespace cascade::validation
