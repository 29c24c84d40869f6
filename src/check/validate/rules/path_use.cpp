// Each question is a few words near the path, or in its sentence, its fence or the line before that. All are bounded: a
// file may be full of paths.
#include "validate/rules/path_use.h"

#include "client/names.h"
#include "files/paths.h"
#include "text/ascii.h"
#include "validate/reading/lists.h"
#include "validate/reading/stance.h"
#include "validate/reading/words.h"

#include <algorithm>

namespace cascade::validation {
namespace {

// No more of a text or a fence is searched, which few exceed: a file full of paths would take quadratic time.
constexpr std::size_t farthest = 1u << 16;

bool is_shell(std::string_view info) {
  info = info.substr(0, info.find_first_of(" \t{,"));
  for (const std::string_view known : {"", "bash", "sh", "shell", "zsh", "console", "shell-session", "terminal", "text",
                                       "txt", "powershell", "ps1", "pwsh", "bat", "cmd", "fish", "!"})
    if (letters::equals_lower(info, known)) return true;
  return false;
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
  for (const std::string_view test : {" -f ", " -e ", " -r ", " -s ", " -x "})
    if (before.ends_with(test)) return true;
  return false;
}

}  // namespace

std::string_view words_before(std::string_view text, std::size_t at) {
  std::size_t line = at;
  while (line > 0 && text[line - 1] != '\n' && at - line < 60) --line;
  return text.substr(line, at - line);
}

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
  int seen = 0;
  for (std::size_t at = text.find(path); at != std::string_view::npos && seen < 16; at = text.find(path, at + 1)) {
    if (is_output(text, at)) return true;
    ++seen;
  }
  return false;
}

bool is_only_shown(const Document& document, std::size_t begin, std::size_t end) {
  const std::string_view text = document.text();
  const TextModel& body = document.body();
  if (end + 1 < text.size() && text[end] == ':' && text[end + 1] == '/') return true;  // a volume: host:container
  for (const Stretch* stretch = body.stretch_at(begin); stretch != nullptr;
       stretch = stretch->around == Stretch::no_stretch ? nullptr : &body.stretches()[stretch->around]) {
    if (stretch->kind == Region::quote && text.substr(stretch->begin, 1) == "<") return true;  // <example>
    if (stretch->kind != Region::fence) continue;
    const std::string_view code = text.substr(stretch->begin, std::min(stretch->end - stretch->begin, farthest));
    if (!is_shell(body.info_of(*stretch)) || code.find("├") != std::string_view::npos ||
        code.find("└") != std::string_view::npos)
      return true;
  }
  return takes_back_command(stance_of(body, begin, end)) || introduces_example_here(text, begin);
}

bool runs_elsewhere(const Document& document, std::size_t at) {
  const std::string_view text = document.text();
  const TextModel& body = document.body();
  const Stretch* stretch = body.stretch_at(at);
  std::size_t line = at;
  while (line > 0 && text[line - 1] != '\n') --line;
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
    const bool own = word.find(client::variables::prefix) != std::string_view::npos ||
                     word.find(files::file_name(*document.place().skill)) != std::string_view::npos ||
                     word.find("skill") != std::string_view::npos;
    if (!own && !word.empty()) return true;
    const std::size_t next = find_phrase(above.substr(cd + 2), {"cd", "pushd"});
    cd = next == std::string_view::npos ? next : cd + 2 + next;
  }
  return false;
}

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
  const std::string_view before = words_before(text, at);
  return before.find("(Runs ") != std::string_view::npos || before.find("(runs ") != std::string_view::npos;
}

bool is_run(std::string_view text, std::size_t at) {
  const std::string_view before = words_before(text, at);
  if (has_phrase(before, {"e.g", "for example", "such as", "avoid", "never", "don't"})) return false;
  return has_phrase(before, {"python", "python3", "bash", "sh", "zsh", "node", "deno", "bun", "ruby", "perl", "tsx",
                             "run", "execute", "runs", "executes", "running", "chmod", "uv"}) ||
         (before.size() >= 2 && before.substr(before.size() - 2) == "./");
}

bool is_shipped_elsewhere(const Document& document, std::size_t at) {
  constexpr std::size_t near = 300;
  const std::size_t end = std::min(document.body().sentence_at(at).end, at + near);
  return has_phrase(document.text().substr(at, end - std::min(end, at)),
                    {"shipped only", "ships only", "only shipped", "exists only in", "only exists in", "absent in",
                     "may be absent", "if it exists", "if present"});
}

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

}  // namespace cascade::validation
