#include "audit/subject.h"

#include <algorithm>
#include <set>

#include "audit/values.h"
#include "files/paths.h"
#include "syntax/link_parts.h"
#include "syntax/outline.h"
#include "text/ascii.h"

namespace cascade::audit {
namespace {

bool is_within_package(const Package& package, std::string_view folder) {
  return package.folder.empty() || folder == package.folder ||
         folder.compare(0, package.folder.size() + 1, package.folder + "/") == 0;
}

// Whether the program would do it for this ecosystem, or for any.
bool fits_ecosystem(const Subject& subject, const Package& package, const Started& started, std::string_view purpose) {
  bool known = false;
  for (const EcosystemRow* row : all_rows_of(subject.rows, "run")) {
    if (row->subject != purpose || parts_of(row->value).front() != started.tool) continue;
    if (row->ecosystem == package.ecosystem || row->ecosystem == any_ecosystem) return true;
    known = true;
  }
  return !known || package.ecosystem.empty();
}

const Started* doer_in(const Subject& subject, const Package& package, const Judged& judged, std::string_view purpose) {
  const Started* found = nullptr;
  for (const Started& one : judged.started)
    if (one.existence != Existence::missing && one.purposes.count(std::string(purpose)) > 0 &&
        fits_ecosystem(subject, package, one, purpose) && (found == nullptr || (one.counts && !found->counts)))
      found = &one;
  return found;
}

// "npm run lint", "make lint": how a person starts a task.
std::string call_of(const Subject& subject, const TaskFile& file, const Task& task) {
  for (const EcosystemRow* row : all_rows_of(subject.rows, "runner")) {
    const auto clauses = clauses_of(row->value);
    if (clauses.front() != file.subject) continue;
    for (const std::string_view clause : clauses) {
      const auto parts = parts_of(clause);
      if (parts.front() == "direct" && std::find(parts.begin() + 1, parts.end(), task.name) != parts.end())
        return std::string(row->subject) + " " + task.name;
    }
    for (std::size_t i = 1; i < clauses.size(); ++i) {
      const auto parts = parts_of(clauses[i]);
      if (parts.front() == "after") return std::string(row->subject) + " " + parts[1] + " " + task.name;
      if (parts.front() == "any") return std::string(row->subject) + " " + task.name;
    }
  }
  return task.name;
}

std::optional<Declared> task_for(const Subject& subject, const Package& package, std::string_view purpose,
                                 const std::string& folder) {
  std::optional<Declared> by_tool;
  for (const TaskFile& file : subject.commands.task_files()) {
    if (file.folder != folder) continue;
    for (const Task& task : file.tasks) {
      const bool named = subject.commands.purposes_of_name(task.name).count(std::string(purpose)) > 0;
      if (!named && by_tool) continue;
      Judged judged = subject.commands.judge_task(file, task);
      const Started* doer = doer_in(subject, package, judged, purpose);
      if (doer == nullptr) continue;
      std::string tool = doer->tool;
      Declared declared{call_of(subject, file, task), folder, task.place, std::move(judged), std::move(tool)};
      if (named) return declared;
      by_tool = std::move(declared);
    }
  }
  return by_tool;
}

std::optional<Declared> script_for(const Subject& subject, const Package& package, std::string_view purpose,
                                   const std::string& folder) {
  for (const EcosystemRow* row : rows_of(subject.rows, any_ecosystem, "script")) {
    if (row->subject != purpose) continue;
    for (const std::string& name : parts_of(row->value)) {
      const std::string path = folder.empty() ? name : folder + "/" + name;
      if (!subject.repository.has_file(path) || !says_something(subject.repository.text(path))) continue;
      Judged judged = subject.commands.judge("./" + name, folder);
      const Started* doer = doer_in(subject, package, judged, purpose);
      if (doer == nullptr) continue;
      std::string tool = doer->tool;
      return Declared{"./" + name, folder, {path, 1}, std::move(judged), std::move(tool)};
    }
  }
  return std::nullopt;
}

// Words of a line that hold a place for others.
bool is_filler(std::string_view line) {
  const std::string lower = letters::to_lower(line);
  for (const std::string_view word :
       {"todo", "tbd", "lorem ipsum", "fixme", "to be written", "coming soon", "your project", "describe ", "fill in",
        "fill this", "placeholder", "xxx", "[insert", "add your"})
    if (lower.find(word) != std::string::npos) return true;
  return false;
}

std::size_t words_in(std::string_view line) {
  std::size_t words = 0;
  bool inside = false;
  for (const char c : line) {
    const bool is_word = letters::is_word(c) || static_cast<unsigned char>(c) >= 0x80;
    words += is_word && !inside ? 1 : 0;
    inside = is_word;
  }
  return words;
}

// Removes a prompt before a command.
std::string_view without_prompt(std::string_view line) {
  line = letters::trim(line);
  for (const std::string_view prompt : {"$ ", "> ", "# ", "% "})
    if (line.compare(0, prompt.size(), prompt) == 0 && prompt != "# ") return letters::trim(line.substr(prompt.size()));
  return line;
}

bool is_template(std::string_view text) {
  return text.find_first_of("<>{}*?$|") != std::string_view::npos || text.find("...") != std::string_view::npos ||
         text.find("path/to") != std::string_view::npos || text.find("your") != std::string_view::npos;
}

class NameReader {
 public:
  NameReader(const Subject& subject, const std::string& path)
      : subject_(subject), path_(path), folder_(files::parent(path)), text_(subject.repository.text(path)) {}

  std::vector<Named> read() {
    const syntax::Outline outline = syntax::scan_outline(text_);
    for (const syntax::Block& block : outline.blocks) {
      if (block.kind == syntax::BlockKind::fence)
        read_fence(block);
      else if (block.kind == syntax::BlockKind::paragraph || block.kind == syntax::BlockKind::table ||
               block.kind == syntax::BlockKind::heading)
        read_spans(block);
    }
    return std::move(named_);
  }

 private:
  void read_fence(const syntax::Block& block) {
    const std::string info = letters::to_lower(block.text.substr(0, block.text.find(' ')));
    const bool is_shell = info.empty() || info == "sh" || info == "bash" || info == "shell" || info == "console" ||
                          info == "zsh" || info == "shell-session" || info == "text";
    if (!is_shell) return;
    if (info.empty() || info == "text") read_diagram(block);
    std::string folder;
    std::uint32_t number = block.line;
    for (const std::string_view raw : lines_of(std::string_view(text_).substr(block.begin, block.end - block.begin))) {
      const std::string_view line = without_prompt(raw);
      const std::uint32_t here = number++;
      if (line.empty() || line.front() == '#' || line.compare(0, 3, "```") == 0 || line.compare(0, 3, "~~~") == 0)
        continue;
      if (line.compare(0, 3, "cd ") == 0 && line.find_first_of("&;<>$") == std::string_view::npos) {
        const std::string to = path_in(folder, letters::trim(line.substr(3)));
        if (subject_.repository.has_folder(to)) folder = to == "." ? "" : to;
        continue;
      }
      note_command(line, here, folder, info == "text" || info.empty());
    }
  }

  // A drawing of folders: what it shows below the first one is not followed, so nothing in it counts as missing.
  void read_diagram(const syntax::Block& block) {
    std::uint32_t number = block.line;
    for (const std::string_view line : lines_of(std::string_view(text_).substr(block.begin, block.end - block.begin))) {
      for (const std::string& word : parts_of(line))
        if (word.size() > 1 && word.back() == '/' && subject_.repository.has_folder(word) && named_.size() < 500)
          named_.push_back({{path_, number}, word, false, {}, true, false, {}});
      ++number;
    }
  }

  void read_spans(const syntax::Block& block) {
    for (const syntax::InlineSpan& span : syntax::scan_inline(text_, block.begin, block.end)) {
      if (span.kind != syntax::InlineSpan::Kind::code) continue;
      std::string_view code = std::string_view(text_).substr(span.begin, span.end - span.begin);
      while (!code.empty() && code.front() == '`') code.remove_prefix(1);
      while (!code.empty() && code.back() == '`') code.remove_suffix(1);
      code = letters::trim(code);
      const std::uint32_t line = line_at(text_, span.begin);
      if (code.find(' ') != std::string_view::npos || code.compare(0, 2, "./") == 0)
        note_command(code, line, "", true);
      else
        note_path(code, line);
    }
    read_links(block);
  }

  void read_links(const syntax::Block& block) {
    const std::string_view part = std::string_view(text_).substr(block.begin, block.end - block.begin);
    for (auto link = syntax::next_link(part, 0); link; link = syntax::next_link(part, link->close)) {
      const std::string_view written = link->destination(part), target = written.substr(0, written.find('#'));
      if (target.empty() || target.find(':') != std::string_view::npos || target.front() == '/') continue;
      note_path(target, line_at(text_, block.begin + link->bracket));
    }
  }

  // `guess`: it may be no command at all.
  void note_command(std::string_view line, std::uint32_t number, const std::string& folder, bool guess) {
    if (is_template(line) || named_.size() > 500) return;
    const std::string_view first = line.substr(0, line.find(' '));
    if (guess && !subject_.commands.is_program(first)) return;
    Named named{{path_, number}, std::string(line), true, subject_.commands.judge(line, folder), false, false, {}};
    if (const Started* missing = named.judged.missing()) {
      named.missing = true;
      named.why = missing->why;
    }
    named.there = !named.missing && named.judged.is_anything_there();
    named_.push_back(std::move(named));
  }

  // A word is a path if its first folder is here, or if it looks like a file.
  void note_path(std::string_view word, std::uint32_t line) {
    if (word.empty() || is_template(word) || named_.size() > 500 || word.front() == '/' || word.front() == '~' ||
        word.front() == '-' || word.front() == '@' || word.find_first_of(":()[]=,;\"' ") != std::string_view::npos)
      return;
    const std::size_t slash = word.find('/'), dot = word.rfind('.');
    const bool has_ending =
        dot != std::string_view::npos && dot > 0 && dot + 1 < word.size() && word.size() - dot <= 6 &&
        word.substr(dot + 1) != "git" &&
        std::all_of(word.begin() + static_cast<std::ptrdiff_t>(dot) + 1, word.end(), letters::is_letter);
    const std::string beside = path_in(folder_, word);
    const std::string path = files::normalise(word);
    const Repository& here = subject_.repository;
    Named named{{path_, line}, std::string(word), false, {}, false, false, {}};
    named.there = here.has(path) || here.has(beside) || (slash == std::string_view::npos && here.has_named(word));
    if (!named.there) {
      if (slash == std::string_view::npos) return;  // a lone name may be anything: a module, a domain, a variable
      const bool first_is_here = here.has_folder(word.substr(0, slash)) && word.substr(0, slash) != ".";
      const bool is_deep = word.back() == '/' || word.find('/', slash + 1) != std::string_view::npos;
      if (!has_ending && !(first_is_here && is_deep)) return;
      if (here.is_on_disk(path) || path.compare(0, 2, "..") == 0) return;
      named.missing = true;
      named.why = "there is no " + path;
    }
    if (named.there && slash != std::string_view::npos && here.has_file(path) && here.is_executable(path))
      note_command("./" + path, line, "", true);
    named_.push_back(std::move(named));
  }

  const Subject& subject_;
  std::string path_, folder_;
  const std::string& text_;
  std::vector<Named> named_;
};

}  // namespace

std::string_view to_string(Level level) noexcept {
  switch (level) {
    case Level::absent: return "absent";
    case Level::present: return "present";
    case Level::consistent: return "consistent";
    case Level::shown: break;
  }
  return "shown";
}

void Finding::show_run(const Run& run) {
  for (const Attempt& attempt : run.attempts)
    evidence.push_back({{run.plan.path, run.plan.at},
                        {},
                        run.plan.line,
                        attempt.exit_code,
                        attempt.milliseconds,
                        attempt.tail,
                        attempt.stopped == Stopped::no ? "" : "stopped: " + std::string(to_string(attempt.stopped))});
}

std::size_t count_own_words(std::string_view markdown) {
  std::size_t words = 0;
  bool in_comment = false, in_front = false;
  std::size_t number = 0;
  for (std::string_view line : lines_of(markdown)) {
    line = letters::trim(line);
    if (number++ == 0 && line == "---")
      in_front = true;
    else if (in_front && line == "---")
      in_front = false;
    if (in_front) continue;
    if (line.compare(0, 4, "<!--") == 0) in_comment = true;
    const bool ends = line.find("-->") != std::string_view::npos;
    if (in_comment) {
      if (ends) in_comment = false;
      continue;
    }
    if (line.empty() || line.front() == '#' || line.compare(0, 2, "![") == 0 || line.compare(0, 3, "[![") == 0 ||
        line.compare(0, 3, "```") == 0 || is_filler(line))
      continue;
    words += words_in(line);
  }
  return words;
}

std::vector<Named> names_in(const Subject& subject, const std::string& path) {
  return NameReader(subject, path).read();
}

std::vector<std::string> documents_of(const Subject& subject, std::string_view fact) {
  std::vector<std::string> found;
  for (const std::string& pattern : subjects_of(subject.rows, any_ecosystem, fact))
    for (std::string& path : subject.repository.matching("", {pattern}))
      if (says_something(subject.repository.text(path)) && std::find(found.begin(), found.end(), path) == found.end())
        found.push_back(std::move(path));
  return found;
}

std::optional<Declared> declared_for(const Subject& subject, const Package& package, std::string_view purpose) {
  if (auto task = task_for(subject, package, purpose, package.folder)) return task;
  if (auto script = script_for(subject, package, purpose, package.folder)) return script;
  if (package.folder.empty()) return std::nullopt;
  if (auto task = task_for(subject, package, purpose, "")) return task;
  return script_for(subject, package, purpose, "");
}

const CiStep* step_for(const Subject& subject, std::string_view purpose, const Package* package) {
  const CiStep* found = nullptr;
  bool found_on_requests = false;
  for (const CiFile& file : subject.ci)
    for (const CiStep& step : file.steps) {
      const Started* doer =
          package == nullptr ? step.judged.find(purpose) : doer_in(subject, *package, step.judged, purpose);
      if (doer == nullptr || (package != nullptr && !step.folder.empty() && !is_within_package(*package, step.folder)))
        continue;
      const bool better = found == nullptr || (file.on_requests && !found_on_requests) ||
                          (file.on_requests == found_on_requests && step.is_enforced && !found->is_enforced);
      if (!better) continue;
      found = &step;
      found_on_requests = file.on_requests;
    }
  return found;
}

const Run* run_for(const Subject& subject, const Package& package, std::string_view purpose) {
  const Run* found = nullptr;
  for (const Run& run : subject.runs) {
    if (run.plan.purpose != purpose) continue;
    const auto& covered = run.plan.packages;
    if (std::find(covered.begin(), covered.end(), package.folder) != covered.end()) found = &run;
  }
  return found;
}

}  // namespace cascade::audit
