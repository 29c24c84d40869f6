// Lines and places in text that the line hands to other programs: settings that git runs, code, scripts of editors,
// files that it writes. What a shell or git certainly runs is judged as a line. Code is not parsed: a line in it that
// would be refused, and code that writes or starts something and names a place elsewhere, is asked about.
#include "evidence/words.h"
#include "files/paths.h"
#include "guard/judge.h"
#include "text/ascii.h"
#include "text/word_set.h"
#include "text/words.h"

namespace cascade::repository {
namespace {

const GitSetting* setting_of(std::string_view name) {
  for (const GitSetting& row : git_settings())
    if (letters::matches_wildcard(row.name, name)) return &row;
  return nullptr;
}

// The text of a file that makes a folder a work tree of the repository that it names.
constexpr std::string_view names_repository = "gitdir: ";

}  // namespace

void Judge::settings(const shell::Call& call, const GitWords& git) {
  std::vector<std::pair<std::string, Value>> given = git.config;
  for (const shell::Setting& setting : call.environment)
    if (setting.value) given.emplace_back(setting.name, *setting.value);
  if (const auto set = configured(git, words_of(git))) given.emplace_back(letters::to_lower(set->first), set->second);
  for (const auto& [name, value] : given) {
    const GitSetting* row = setting_of(name);
    if (row == nullptr) continue;
    std::string text = shell::script_text(value);
    if (row->kind == SettingKind::file) {
      if (value.known && text.find('/') != std::string::npos && !text.starts_with("/dev/")) file(text, call.directory);
      continue;
    }
    if (text.starts_with("!")) text.erase(0, 1);
    const auto facts = git.place_known ? look(git) : std::nullopt;
    run(text, facts && !facts->work_tree.empty() ? facts->work_tree : call.directory);
  }
}

// A line that was found in other text and may be none.
void Judge::suspect(const std::string& line, const std::string& directory) {
  suspect([&] { run(line, directory); }, Decision::deny);
}

// What is at least as bad is asked about, and nothing else counts.
void Judge::suspect(const std::function<void()>& judge, Decision least) {
  std::vector<Finding> before = std::exchange(findings_, {});
  judge();
  const std::vector<Finding> found = std::exchange(findings_, std::move(before));
  for (const Finding& finding : found)
    if (finding.decision >= least) add(Decision::ask, finding.reason);
}

// Where a text in code leads that is not the session's own; empty: nowhere, or it is not known.
std::string Judge::led_out(const std::string& text, const std::string& directory) const {
  constexpr std::size_t longest = 1'000;
  const std::string framed = "/" + text + "/";
  const bool climbs = framed.find("/../") != std::string::npos;
  const bool is_path = climbs ? !directory.empty() : files::is_absolute(text);
  if (!is_path || text.size() > longest || text.find('\n') != std::string::npos) return {};
  const std::string real = real_path_of(files::join(directory, text), tree_);
  if (is_free(real)) return {};
  const bool is_root = tree_.stat(files::join(real, ".git")).has_value();
  const std::string root = is_root ? real : work_tree_root(std::string(files::parent(real)), tree_);
  if (covers(expectations_, real, root, tree_) || (!climbs && root.empty())) return {};
  return real;
}

void Judge::code(const shell::Call& call) {
  std::string code = evidence::code_of(call);
  const bool interprets =
      evidence::is_in(evidence::list::interpreters, call.program) || call.program.starts_with("python");
  for (std::size_t i = 1; interprets && code.empty() && i < call.words.size() && !call.directory.empty(); ++i)
    if (const auto text = texts_.find(files::normalise(files::join(call.directory, call.words[i].text)));
        text != texts_.end())
      code = text->second;
  if (evidence::is_in(evidence::list::script_managers, call.program))
    if (const auto text = texts_.find(files::join(call.directory, "package.json")); text != texts_.end())
      evidence::each_literal(text->second,
                             [&](const evidence::Literal& literal) { suspect(literal.text, call.directory); });
  const std::string lower = letters::to_lower(code);
  const bool starts = evidence::has_part(evidence::list::starting, lower);
  if (code.empty() || (!starts && !evidence::has_part(evidence::list::writing, lower))) return;
  std::string list;  // ["git", "tag", "x"] so far
  const auto end_list = [&] {
    if (list.starts_with("git ")) suspect(list, call.directory);
    list.clear();
  };
  evidence::each_literal(code, [&](const evidence::Literal& literal) {
    if (!literal.joins) end_list();
    list += (list.empty() ? "" : " ") + shell_word(literal.text);
    if (starts && literal.text.find("git ") != std::string::npos) suspect(literal.text, call.directory);
    if (literal.text.find(".git/") != std::string::npos && !evidence::only_reads(literal) && !call.directory.empty())
      suspect([&] { repository_file(real(files::join(call.directory, literal.text)), nullptr); }, Decision::ask);
    const std::string place = evidence::only_reads(literal) ? std::string() : led_out(literal.text, call.directory);
    if (!place.empty())
      add(Decision::ask,
          "this code writes files or starts programs, and it names " + place + ", where this session does not work");
  });
  end_list();
  if (evidence::has_part(evidence::list::upwards, code) && !led_out("..", call.directory).empty())
    add(Decision::ask, "this code writes files or starts programs, and it leaves the folder of this session's work");
}

// `!LINE` of an editor, `e LINE` of sed, `.shell LINE` of sqlite3.
void Judge::escapes(const shell::Call& call) {
  for (const Escape& row : repository::escapes()) {
    if (!letters::lists(row.programs, call.program)) continue;
    std::string text = call.input.value_or("");
    for (std::size_t i = 1; i < call.words.size(); ++i) text += "\n" + shell::script_text(call.words[i]);
    for (std::size_t at = text.find(row.mark); at != std::string::npos; at = text.find(row.mark, at + 1)) {
      if (at > 0 && letters::is_letter(row.mark[0]) && letters::is_letter(text[at - 1])) continue;
      const std::size_t from = at + row.mark.size();
      suspect(text.substr(from, text.find('\n', from) - from), call.directory);
    }
  }
}

// What the line itself wrote into a file: a hook that git will run, or the file by which a folder becomes a work tree.
void Judge::written_text(const Value& written, const std::string& directory) {
  const std::string path = files::normalise(files::join(directory, written.text));
  texts_[path] = written.printed;
  const std::string_view name = files::file_name(path);
  const std::string_view first = std::string_view(written.printed).substr(0, written.printed.find('\n'));
  if (evidence::is_in(evidence::list::git_hooks, name) && first.starts_with("#!") &&
      first.find("sh") != std::string_view::npos)
    suspect(written.printed, directory);
  if (name == ".git" && written.printed.starts_with(names_repository))
    make_by_hand(path, std::string(letters::trim(std::string_view(written.printed).substr(names_repository.size()))));
}

// A path as it is once the line has run: a link that the line makes leads where it says.
std::string Judge::real(const std::string& path) const {
  for (const auto& [link, target] : links_)
    if (files::is_within(link, path)) return real_path_of(target + path.substr(link.size()), tree_);
  return real_path_of(path, tree_);
}

// ln -s TARGET NAME, if both are known; NAME may be a folder that is there.
void Judge::link_made(const shell::Call& call) {
  const Words words = split(call.words, 1, "tS", "--target-directory --suffix");
  if (words.operands.size() != 2 || words.operand(0).empty() || words.operand(1).empty() || call.directory.empty())
    return;
  std::string link = files::normalise(files::join(call.directory, words.operand(1)));
  if (files::file_name(link) == ".git") make_by_hand(link, words.operand(0));
  const auto there = tree_.stat(link);
  if (there && there->directory && !words.has("-n -T --no-dereference"))
    link = files::join(link, files::file_name(words.operand(0)));
  links_.emplace_back(link, real_path_of(files::join(files::parent(link), words.operand(0)), tree_));
}

// `path`: the file or link ".git" of a folder, which then belongs to the repository in `git_dir`.
void Judge::make_by_hand(const std::string& path, const std::string& git_dir) {
  GitWords there;
  there.verb = "init";
  there.place.directory = std::string(files::parent(path));
  there.place.git_dir = real_path_of(files::join(there.place.directory, git_dir), tree_);
  const auto facts = look(there);
  if (!facts || is_free(facts->common_dir) || owner_of(expectations_, facts->common_dir) != nullptr) return;
  add(Decision::ask, "writing " + path + " would make " + there.place.directory + " a work tree of " +
                         facts->common_dir + ", where this session does not work");
}

}  // namespace cascade::repository
