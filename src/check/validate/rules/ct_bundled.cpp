// Checks files that a skill or plugin claims to have: scripts/x, ${CLAUDE_SKILL_DIR}/x, ${CLAUDE_PLUGIN_ROOT}/x. In
// texts that teach, most such paths belong to something else, so a path counts only if the text runs it or names it as
// its own: outside of examples, not after `cd` or `git clone`, and not in a text about making plugins and skills.
#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "client/names.h"
#include "files/paths.h"
#include "text/ascii.h"
#include "text/word_set.h"
#include "validate/reading/lists.h"
#include "validate/reading/stance.h"
#include "validate/reading/text_model.h"
#include "validate/rules/checks.h"
#include "validate/rules/findings.h"

namespace cascade::validation {
namespace {

// Each question is a few words near the path, or in its sentence, its fence or the line before that. All are bounded: a
// file may be full of paths.

// No more of a text or a fence is searched, which few exceed: a file full of paths would take quadratic time.
constexpr std::size_t farthest = 1u << 16;

// At most 60 bytes of the line before the place.
std::string_view words_before(std::string_view text, std::size_t at) {
  const std::size_t near = std::min<std::size_t>(at, 60);
  const std::string_view before = text.substr(at - near, near);
  return before.substr(before.rfind('\n') + 1);  // of none: 0
}

bool is_shell(std::string_view info) {
  info = info.substr(0, info.find_first_of(" \t{,"));
  return letters::is_one_of_lower(info, {"", "bash", "sh", "shell", "zsh", "console", "shell-session", "terminal",
                                         "text", "txt", "powershell", "ps1", "pwsh", "bat", "cmd", "fish", "!"});
}

bool introduces_example_here(std::string_view text, std::size_t begin) {
  return has_phrase(words_before(text, begin), {"e.g", "for example", "for instance", "such as", "like", "example"});
}

// `uv --directory server run python scripts/x.py`: an option before the place names the folder to run in.
bool has_folder_option(std::string_view before) {
  for (const std::string_view option : {" --directory", " --cwd", " --chdir", " --prefix", " --dir", " -C"}) {
    const std::size_t at = before.find(option);
    if (at == std::string_view::npos) continue;
    const std::string_view rest = before.substr(at + option.size());
    if (rest.starts_with(' ') || rest.starts_with('=')) return true;
  }
  return false;
}

bool names_others(std::string_view words) {
  return has_phrase(words, lists::owners) && !has_phrase(words, {"bundled", "this skill", "skill's", "included"});
}

bool is_behind_test(std::string_view before) {
  while (!before.empty() && (before.back() == '"' || before.back() == '\'')) before.remove_suffix(1);
  return ends_with_part(before, {" -f ", " -e ", " -r ", " -s ", " -x "});
}

// The path is written to, so the file need not exist yet; another place in the text creates it.
bool is_output(std::string_view text, std::size_t at) {
  const std::string_view words = words_before(text, at);
  if (!has_phrase(words, {"from", "using", "with", "by"}) &&
      has_phrase(words, {"write", "writes", "save", "saves", "saved", "create", "creates", "generate", "generates",
                         "store", "stores", "written", "export", "add", "scaffold", "tee"}))
    return true;
  std::size_t before = at;
  while (before > 0 && (text[before - 1] == ' ' || text[before - 1] == '"' || text[before - 1] == '`')) --before;
  return before > 0 && text[before - 1] == '>';
}

bool is_made(std::string_view text, std::string_view path) {
  text = text.substr(0, farthest);
  std::size_t at = text.find(path);
  for (int seen = 0; at != std::string_view::npos && seen < 16; at = text.find(path, at + 1), ++seen)
    if (is_output(text, at)) return true;
  return false;
}

// The text shows the path instead of using it: an example, a drawing, a volume, what is taken back.
bool is_only_shown(const Document& document, std::size_t begin, std::size_t end) {
  const std::string_view text = document.text();
  const TextModel& body = document.body();
  if (end + 1 < text.size() && text[end] == ':' && text[end + 1] == '/') return true;  // a volume: host:container
  for (const Stretch* stretch = body.stretch_at(begin); stretch != nullptr; stretch = body.around(*stretch)) {
    if (stretch->kind == Region::quote && text[stretch->begin] == '<') return true;  // <example>
    if (stretch->kind != Region::fence) continue;
    const std::string_view code = text.substr(stretch->begin, std::min(stretch->end - stretch->begin, farthest));
    if (!is_shell(body.info_of(*stretch)) || has_part(code, {"├", "└"})) return true;
  }
  return takes_back_command(stance_of(body, begin, end)) || introduces_example_here(text, begin);
}

// Code before the place in its fence changes the directory, or the program on its line runs it elsewhere.
bool runs_elsewhere(const Document& document, std::size_t at) {
  const std::string_view text = document.text();
  const TextModel& body = document.body();
  const Stretch* stretch = body.stretch_at(at);
  const std::size_t line = text.substr(0, at).rfind('\n') + 1;  // of none: 0
  const std::string_view before = text.substr(line, at - line);
  if (has_phrase(before, {"docker", "podman", "docker-compose", "kubectl", "ssh", "heroku", "vagrant", "modal run",
                          "gcloud", "wsl", "nerdctl"}) ||
      has_folder_option(before))
    return true;
  const std::size_t first = stretch != nullptr && stretch->kind == Region::fence ? stretch->begin : line;
  const std::string_view above = text.substr(first, at - first);
  if (has_phrase(above, {"git clone", "gh repo clone"})) return true;
  for (std::size_t cd = find_phrase(above, {"cd", "pushd"}); cd != std::string_view::npos;) {
    const std::string_view target = letters::trim(above.substr(cd).substr(above[cd] == 'p' ? 5 : 2)).substr(0, 120);
    const std::string_view word = target.substr(0, target.find_first_of(" \t\n;&"));
    const std::string_view skill = files::file_name(*document.place().skill);
    if (!word.empty() && !has_part(word, {client::variables::prefix, skill, "skill"})) return true;
    const std::size_t next = find_phrase(above.substr(cd + 2), {"cd", "pushd"});
    cd = next == std::string_view::npos ? next : cd + 2 + next;
  }
  return false;
}

// The sentence, or the text before the code, says that the file belongs to the project or a repository.
bool is_of_others(const Document& document, std::size_t begin, std::size_t end) {
  const std::string_view text = document.text();
  const TextModel& body = document.body();
  const Stretch* stretch = body.stretch_at(begin);
  if (stretch != nullptr && stretch->kind == Region::fence) {
    const std::vector<std::string_view> leads = body.lead_ins(begin);
    return !leads.empty() && leads.front().size() < 300 && names_others(leads.front());
  }
  const Range sentence = body.sentence_at(begin);
  return names_others(text.substr(sentence.begin, begin - std::min(begin, sentence.begin))) ||
         names_others(text.substr(end, sentence.end - std::min(end, sentence.end)));
}

bool is_run_by_another(std::string_view text, std::size_t at) {
  return has_part(words_before(text, at), {"(Runs ", "(runs "});
}

// A program before the path runs it; "(Runs `node scripts/x.js`, which ...)" describes the command before it.
bool is_run(std::string_view text, std::size_t at) {
  const std::string_view before = words_before(text, at);
  if (has_phrase(before, {"e.g", "for example", "such as", "avoid", "never", "don't"})) return false;
  return has_phrase(before, {"python", "python3", "bash", "sh", "zsh", "node", "deno", "bun", "ruby", "perl", "tsx",
                             "run", "execute", "runs", "executes", "running", "chmod", "uv"}) ||
         before.ends_with("./");
}

// `[ -f "${ROOT}/x" ]`, or `FILE="${ROOT}/x"` and then `[ -f "$FILE" ]`: the code asks whether the file is there.
bool is_asked_for(const Document& document, std::size_t at) {
  constexpr std::size_t near = 2048;  // a file full of such lines would take quadratic time
  const std::string_view text = document.text();
  if (is_behind_test(words_before(text, at))) return true;
  const Stretch* stretch = document.body().stretch_at(at);
  if (stretch == nullptr || stretch->kind != Region::fence) return false;
  std::size_t end = at;
  while (end > 0 && (text[end - 1] == '"' || text[end - 1] == '\'')) --end;
  if (end == 0 || text[end - 1] != '=') return false;
  std::size_t begin = --end;
  while (begin > 0 && letters::is_name(text[begin - 1])) --begin;
  const std::string_view name = text.substr(begin, end - begin),
                         code = text.substr(at, std::min(stretch->end - at, near));
  for (std::size_t use = code.find('$'); !name.empty() && use != std::string_view::npos;
       use = code.find('$', use + 1)) {
    std::string_view rest = code.substr(use + 1);
    if (rest.starts_with('{')) rest.remove_prefix(1);
    if (!rest.starts_with(name)) continue;
    rest.remove_prefix(name.size());
    if ((rest.empty() || !letters::is_name(rest.front())) && is_behind_test(code.substr(0, use))) return true;
  }
  return false;
}

bool is_path_char(char c) {
  return letters::is_name(c) || c == '.' || c == '/' || c == '+' || c == '@' || static_cast<unsigned char>(c) >= 0x80;
}

bool has_extension(std::string_view path) {
  const std::string_view name = files::file_name(path);
  const std::size_t dot = name.rfind('.');
  return dot != std::string_view::npos && dot > 0 && dot + 1 < name.size();
}

// The path that begins at `at`, without the full stop of its sentence and without letters that other scripts write
// right after it ("scripts/x.py를").
std::string_view path_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && is_path_char(text[end]) && end - at < 400) ++end;
  std::string_view path = text.substr(at, end - at);
  const std::size_t dot = path.rfind('.');
  for (std::size_t i = dot == std::string_view::npos ? path.size() : dot; i < path.size(); ++i)
    if (static_cast<unsigned char>(path[i]) >= 0x80 && i > dot + 1) path = path.substr(0, i);
  while (!path.empty() && (path.back() == '.' || path.back() == '@')) path.remove_suffix(1);
  return path;
}

// Calls visit with each place of the word below the front matter.
template <typename Visit>
void each_place(const Document& document, std::string_view word, const Visit& visit) {
  const std::string_view text = document.text();
  for (std::size_t at = text.find(word, document.frontmatter().body); at != std::string_view::npos;
       at = text.find(word, at + word.size()))
    visit(at);
}

// The folder of ${CLAUDE_PLUGIN_ROOT}. A plugin may take its components from its own .claude folder; outside of any
// plugin the variable is for those who install the texts elsewhere.
std::optional<std::string_view> plugin_root(const Context& context, const Document& document) {
  const std::string_view base = document.place().base;
  if (document.place().in_plugin || files::file_name(base) != client::own_folder::name) return base;
  for (std::string_view above = files::parent(base);; above = files::parent(above)) {
    if (context.facts.plugin(above) != nullptr) return above;
    if (above.empty()) return std::nullopt;
  }
}

// "foo.py", "your_script.py": placeholder names.
bool is_any_name(std::string_view path) {
  const std::string_view name = files::stem(files::file_name(path));
  return letters::is_one_of_lower(name, {"foo", "bar", "baz", "foobar", "my_script", "my-script"}) ||
         letters::starts_with_lower(name, "your_") || letters::starts_with_lower(name, "your-");
}

// "If `x` exists", "when `x` is not there": the text around says somewhere what to do without the file.
bool may_be_missing(std::string_view text, std::size_t at, std::size_t length) {
  constexpr std::size_t far = 4000, near = 60;
  constexpr int most_tries = 4;
  const std::string_view path = text.substr(at, length);
  const std::size_t first = at - std::min(at, far), last = std::min(text.size(), at + length + far);
  const std::string_view around = text.substr(first, last - first);
  int tries = 0;
  for (std::size_t found = around.find(path); found != std::string_view::npos && tries < most_tries;
       found = around.find(path, found + 1), ++tries) {
    const std::size_t line = around.rfind('\n', found) + 1, begin = std::max(line, found - std::min(found, near));
    std::string_view after = around.substr(found + path.size(), near);
    after = after.substr(0, after.find_first_of("\n.;"));
    const std::string_view before = around.substr(begin, found - begin);
    if (has_phrase(before, {"if", "whether", "when", "unless", "in case"}) &&
        has_phrase(after, {"exists", "exist", "is present", "is available", "is missing", "is absent", "is not found",
                           "is there", "is not there", "isn't there", "not present", "not available"}))
      return true;
  }
  return false;
}

// "..., shipped only in the other plugin": the sentence says that not every copy has the file.
bool is_shipped_elsewhere(const Document& document, std::size_t at) {
  constexpr std::size_t near = 300;
  const std::size_t end = std::min(document.body().sentence_at(at).end, at + near);
  return has_phrase(document.text().substr(at, end - std::min(end, at)),
                    {"shipped only", "ships only", "only shipped", "exists only in", "only exists in", "absent in",
                     "may be absent", "if it exists", "if present"});
}

void report_missing(const Document& document, Findings& findings, std::size_t at, std::size_t length,
                    const std::string& path, std::optional<Severity> severity = std::nullopt) {
  if (is_any_name(path) || may_be_missing(document.text(), at, length) || is_shipped_elsewhere(document, at)) return;
  findings.add("CT008", severity, document.at(at, length), path + " does not exist",
               "add the file, or correct the path");
}

// Whether the path that ends here goes on as a pattern or a placeholder: "scripts/*", "scripts/<name>".
bool is_pattern_at(std::string_view text, std::size_t end) {
  return end < text.size() && std::string_view("*{<$[").find(text[end]) != std::string_view::npos;
}

// The path of a file that begins at `at`, also behind "./"; empty for the rest of a longer path, a folder or a pattern.
std::string_view own_path_at(std::string_view text, std::size_t at) {
  if (at > 0 && (is_path_char(text[at - 1]) || text[at - 1] == '}' || text[at - 1] == '\\' || text[at - 1] == '>') &&
      !(at >= 2 && text.substr(at - 2, 2) == "./" && (at == 2 || !is_path_char(text[at - 3]))))
    return {};
  const std::string_view path = path_at(text, at);
  return has_extension(path) && !is_pattern_at(text, at + path.size()) ? path : std::string_view();
}

// "All commands are run in `../plan/`": whether a folder beside the skill that the text names has the file.
bool is_in_named_neighbour(const Context& context, const Document& document, std::string_view path) {
  constexpr int most = 16;
  const std::string_view text = document.text();
  std::size_t at = text.find("../", document.frontmatter().body);
  for (int seen = 0; at != std::string_view::npos && seen < most; ++seen, at = text.find("../", at + 3)) {
    const std::size_t end = at + 3 + letters::run_at_begin(text.substr(at + 3), is_dotted).size();
    if (end == at + 3 || end == text.size() || text[end] != '/') continue;
    const std::string named = std::string(text.substr(at, end + 1 - at)).append(path);
    const ResolvedPath resolved = FileTree::resolve(*document.place().skill, named);
    if (!resolved.escapes && context.tree.exists(resolved.path)) return true;
  }
  return false;
}

// Whether the file is in the skill, in its plugin or library, in the folder above that, or at the root.
bool is_near(const Context& context, const Document& document, std::string_view path) {
  const std::string_view base = document.place().base;
  for (const std::string_view folder : {*document.place().skill, base, files::parent(base), std::string_view()})
    if (context.tree.exists(FileTree::resolve(folder, path).path)) return true;
  return is_in_named_neighbour(context, document, path);
}

// A path after a variable of `variable` bytes at `at`, which means the folder.
void check_below(const Context& context, const Document& document, Findings& findings, std::string_view folder,
                 std::size_t at, std::size_t variable) {
  const std::string_view text = document.text();
  const std::string_view path = path_at(text, at + variable);
  const std::size_t end = at + variable + path.size();
  if (path.empty() || is_pattern_at(text, end)) return;
  const ResolvedPath resolved = FileTree::resolve(folder, path);
  if (resolved.escapes) {
    if (!is_only_shown(document, at, end))
      findings.add("SEC009", document.at(at, variable + path.size()), "the path leaves the root",
                   "keep what is needed inside the tree");
    return;
  }
  if (!context.tree.exists(resolved.path) && !is_output(text, at) && !is_only_shown(document, at, end) &&
      !is_made(text, path) && !is_asked_for(document, at))
    report_missing(document, findings, at, variable + path.size(), resolved.path);
}

// Whether the path, also behind "./", is the text or the target of a link, which CT001 judges.
bool is_in_link(std::string_view text, std::size_t begin, std::size_t end) {
  std::string_view before = text.substr(0, begin);
  if (before.ends_with("./")) before.remove_suffix(2);
  const std::string_view after = text.substr(end);
  return before.ends_with("](") || before.ends_with("]: ") || after.starts_with("](") || after.starts_with("`](") ||
         after.starts_with('#');
}

// scripts/x, if the skill has such a folder or the words before it run it.
void check_bare(const Context& context, const Document& document, Findings& findings, std::size_t at) {
  const std::string_view text = document.text(), path = own_path_at(text, at);
  if (path.empty()) return;
  const std::size_t end = at + path.size();
  const std::string_view skill = *document.place().skill, base = document.place().base;
  const bool has_scripts = context.tree.has_folder(files::join(skill, "scripts"));
  // In a project's own skill this means the project's scripts, which may be elsewhere where only .claude is checked.
  std::optional<Severity> severity;
  if (!has_scripts && files::file_name(base) == client::own_folder::name &&
      !context.tree.has_folder(files::join(files::parent(base), "scripts")))
    severity = Severity::warning;
  if (!has_scripts && !is_run(text, at)) return;
  if (is_near(context, document, path)) return;
  if (is_in_link(text, at, end) || is_run_by_another(text, at)) return;
  if (is_output(text, at) || is_only_shown(document, at, end) || runs_elsewhere(document, at) ||
      is_of_others(document, at, end) || is_made(text, path))
    return;
  if (!has_scripts && stance_of(document.body(), at, end) == Stance::example) return;
  report_missing(document, findings, at, path.size(), std::string(path), severity);
}

bool is_any_material(std::string_view path) {
  return letters::is_one_of_lower(files::stem(files::file_name(path)),
                                  {"file", "filename", "name", "example", "topic", "x", "xxx", "doc", "guide"}) ||
         is_any_name(path);
}

// "Read `references/x.md`": the words right before it.
bool is_to_be_read(std::string_view text, std::size_t at) {
  const std::string_view before = words_before(text, at);
  return has_phrase(before.substr(before.size() - std::min<std::size_t>(before.size(), 24)),
                    {"read", "see", "load", "consult", "follow", "refer to", "open"});
}

// references/x and assets/x, if the skill has the folder in which the file should be or the reader is sent to it, and
// no neighbour has the file.
void check_material(const Context& context, const Document& document, Findings& findings, std::size_t at) {
  const std::string_view text = document.text(), path = own_path_at(text, at);
  if (path.empty()) return;
  const std::size_t end = at + path.size();
  const std::string_view skill = *document.place().skill, base = document.place().base;
  const std::string_view within = files::parent(path);
  const bool sent = is_to_be_read(text, at);
  if (within == "assets" && !sent && !is_run(text, at)) return;  // assets/logo.png of a web page
  if (!context.tree.has_folder(files::join(skill, within)) && (!path.starts_with("references/") || !sent)) return;
  if (is_near(context, document, path)) return;
  if (is_any_material(path) || is_in_link(text, at, end) || is_output(text, at) || is_only_shown(document, at, end) ||
      runs_elsewhere(document, at) || is_of_others(document, at, end) || is_made(text, path))
    return;
  const std::string tail = "/" + std::string(path);
  for (const std::string& file : context.tree.files_below(std::string(base)))
    if (file.ends_with(tail)) return;
  report_missing(document, findings, at, path.size(), std::string(path));
}

void check_backslash(const Document& document, Findings& findings, std::size_t at) {
  const std::string_view text = document.text();
  if (at > 0 && is_path_char(text[at - 1])) return;
  std::size_t end = at;
  while (end < text.size() && (is_path_char(text[end]) || text[end] == '\\') && end - at < 400) ++end;
  const std::string_view path = text.substr(at, end - at);
  if (!has_extension(path) || path.substr(8, 1) == "n") return;
  if (stance_of(document.body(), at, end) != Stance::meant) return;
  findings.add("CT010", document.at(at, path.size()), "the path has a backslash", "write scripts/...");
}

}  // namespace

void check_bundled_files(const Context& context, const Document& document, Findings& findings) {
  if (!is_manifest(document.role()) && document.role() != Role::resource) return;
  const std::optional<std::string_view> skill = document.place().skill;
  const bool authoring = is_about_authoring(context, document);
  const auto below = [&](const auto& variables, const std::optional<std::string_view>& folder) {
    for (const std::string_view variable : variables)
      if (folder)
        each_place(document, variable,
                   [&](std::size_t at) { check_below(context, document, findings, *folder, at, variable.size()); });
  };
  if (!authoring) {
    below(client::variables::below_plugin, plugin_root(context, document));
    below(client::variables::below_skill, skill);
  }
  if (!skill || document.role() != Role::skill) return;  // a guide may refer to other skills
  if (!authoring) {
    each_place(document, "scripts/", [&](std::size_t at) { check_bare(context, document, findings, at); });
    for (const std::string_view folder : {"references/", "assets/"})
      each_place(document, folder, [&](std::size_t at) { check_material(context, document, findings, at); });
  }
  each_place(document, "scripts\\", [&](std::size_t at) { check_backslash(document, findings, at); });
}

}  // namespace cascade::validation
