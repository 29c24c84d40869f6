// The ledger's entries are folded into runs, the move picks a run and a step, and the step's exit is checked against
// the evidence. Nothing is written here. Since a verdict depends only on the ledger and the folder, it can be repeated
// under the ledger's lock, and two processes that race get one order.
#include "playbook/run.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "files/paths.h"
#include "git/expected.h"
#include "hash/content_hash.h"
#include "text/ascii.h"
#include "text/lines.h"
#include "unicode/utf8.h"

namespace cascade::playbook {
namespace {

using chain::Exit, chain::ExitKind, session::Entry, session::StepNote;

// Evidence comes from ledger entries since the step began (a test run, a witness) and from the folder, compared with
// the baseline that was noted when the step opened: an old file or commit must not end a new step. A commit is found in
// git's log of HEAD, which takes one file read and no process.

constexpr std::uint64_t most_log_bytes = 8 << 20, most_file_bytes = 4 << 20;
constexpr std::size_t most_matches = 200, most_entries = 20'000, most_tests = 2'000, most_test_folders = 100;

// The path of git's log of HEAD; empty outside a repository.
std::string log_of_head(const std::string& directory, const files::Tree& tree) {
  const std::string root = repository::work_tree_root(files::normalise(directory), tree);
  const std::string git = root.empty() ? std::string() : repository::git_dir_of(root, tree);
  return git.empty() ? std::string() : files::join(git, "logs/HEAD");
}

// The new commit in a line of that log, if the line records a commit that was made and not a move to one.
// A line is "OLD NEW WHO WHEN\tWHY" with two ids of 40 digits; a move such as "checkout:" or "reset:" makes no commit.
std::string commit_in(std::string_view line) {
  const std::size_t tab = line.find('\t');
  if (tab == std::string_view::npos || line.size() < 81) return {};
  const std::string_view why = line.substr(tab + 1);
  const bool merges = why.starts_with("merge ") && why.find("Fast-forward") == std::string_view::npos;
  const bool makes = why.starts_with("commit") || why.starts_with("cherry-pick") || why.starts_with("revert");
  return merges || makes ? std::string(line.substr(41, 10)) : std::string();
}

// The last commit that was made since the baseline; empty if there is none.
std::string new_commit(const std::vector<std::string>& baseline, const std::string& directory,
                       const files::Tree& tree) {
  const std::string log = log_of_head(directory, tree), start = "log " + log + " ";
  const auto before = std::ranges::find_if(baseline, [&](const std::string& line) { return line.starts_with(start); });
  if (log.empty() || before == baseline.end()) return {};
  const auto text = tree.read(log, most_log_bytes);
  std::size_t at = 0;
  for (const char c : before->substr(start.size())) at = at * 10 + static_cast<std::size_t>(c - '0');
  std::string found;
  if (!text || at >= text->size()) return found;
  for (const std::string_view line : letters::lines(std::string_view(*text).substr(at)))
    if (std::string commit = commit_in(line); !commit.empty()) found = std::move(commit);
  return found;
}

using See = std::function<void(const std::string& path, const std::string& text)>;

// Calls `see` for each file below `directory` whose path is wanted. False if there are too many files to look at.
bool each_file(const std::string& directory, const files::Tree& tree, std::size_t most,
               const std::function<bool(const std::string& path)>& is_wanted, const See& see) {
  std::size_t entries = 0, matches = 0;
  const std::function<bool(const std::string&)> walk = [&](const std::string& below) {
    auto listed = tree.list(files::join(directory, below));
    if (!listed) return true;
    for (const files::Entry& entry : *listed) {
      if (++entries > most_entries) return false;
      const std::string path = below.empty() ? entry.name : below + "/" + entry.name;
      if (entry.type == files::EntryType::directory) {
        if (entry.name != ".git" && entry.name != "node_modules" && !walk(path)) return false;
        continue;
      }
      if (entry.type != files::EntryType::file || !is_wanted(path)) continue;
      if (++matches > most) return false;
      if (const auto text = tree.read(files::join(directory, path), most_file_bytes)) see(path, *text);
    }
    return true;
  };
  return walk({});
}

// The same for each file that matches the pattern.
bool each_match(const std::string& pattern, const std::string& directory, const files::Tree& tree, const See& see) {
  if (files::is_absolute(pattern) || pattern.find("..") != std::string::npos) return true;  // stays below
  if (pattern.find_first_of("*?[") != std::string::npos || pattern.back() == '/')
    return each_file(
        directory, tree, most_matches, [&](const std::string& path) { return files::matches_glob(pattern, path); },
        see);
  if (const auto text = tree.read(files::join(directory, pattern), most_file_bytes)) see(pattern, *text);
  return true;
}

std::string file_line(const std::string& path, const std::string& text) {
  return "file " + path + " " + hash::to_hex(hash::hash64(text));
}

void prove_artefact(const Exit& exit, const StepStatus& status, const std::string& directory, const files::Tree& tree,
                    Proof& proof) {
  const bool all = each_match(exit.words, directory, tree, [&](const std::string& path, const std::string& text) {
    const bool known = std::ranges::find(status.baseline, file_line(path, text)) != status.baseline.end();
    if (!known && !letters::trim(text).empty()) proof.found = path;
  });
  if (!all) proof.found.clear();
  proof.holds = !proof.found.empty();
  proof.missing = all ? "no file " + exit.words + " was written since the step began"
                      : exit.words + " matches more files than can be looked at";
}

// Whether runners of tests look for this file: test_x.py, x_test.go, x.spec.ts, XTest.java, and what lies below a
// folder test, tests, spec or __tests__.
bool is_of_tests(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  const std::string name = path.substr(slash == std::string::npos ? 0 : slash + 1),
                    stem = name.substr(0, name.find('.'));
  const std::string folders = "/" + (slash == std::string::npos ? std::string() : path.substr(0, slash)) + "/";
  const auto holds = [](std::string_view text, std::string_view part) { return text.find(part) != text.npos; };
  const auto ends = [&](std::string_view part) { return stem.size() > part.size() && stem.ends_with(part); };
  return name.starts_with("test_") || ends("_test") || ends("_spec") || ends("Test") || ends("Tests") ||
         holds(name, ".test.") || holds(name, ".spec.") || holds(folders, "/test/") || holds(folders, "/tests/") ||
         holds(folders, "/spec/") || holds(folders, "/__tests__/");
}

// A line "tests HASH FOLDER" for each folder with tests; none if there are too many to look at.
std::vector<std::string> test_lines(const std::string& directory, const files::Tree& tree) {
  std::map<std::string, std::vector<std::string>> folders;
  const bool all =
      each_file(directory, tree, most_tests, is_of_tests, [&](const std::string& path, const std::string& text) {
        const std::size_t slash = path.rfind('/');
        folders[slash == std::string::npos ? "." : path.substr(0, slash)].push_back(file_line(path, text));
      });
  std::vector<std::string> lines;
  if (!all || folders.size() > most_test_folders) return lines;
  for (auto& [folder, files] : folders) {
    std::ranges::sort(files);
    std::string texts;
    for (const std::string& file : files) texts += file + "\n";
    lines.push_back("tests " + hash::to_hex(hash::hash64(texts)) + " " + folder);
  }
  return lines;
}

// Whether a step that wants green follows one that wanted red: the test that was red is to be the one that is green.
bool follows_red(const chain::Chain& chain, const Exit& exit) {
  return exit.kind == ExitKind::green && std::ranges::any_of(chain.exits, [&](const Exit& other) {
           return other.kind == ExitKind::red && comes_after(chain.order, other.step, exit.step);
         });
}

bool is_sighting(const session::Entry& entry, const Run& run, std::uint32_t step) {
  return entry.event == session::Event::step && entry.step.action == session::seen_action &&
         entry.step.run == run.number && entry.step.step == step;
}

// A red run counts once it was seen; a green one only while it is the last.
void prove_seen(const Exit& exit, const StepStatus& status, const Run& run, const std::vector<session::Entry>& entries,
                Proof& proof) {
  const std::string wanted(to_string(exit.kind));
  std::uint64_t last = 0;
  bool holds = false;
  for (const session::Entry& entry : entries) {
    if (entry.sequence <= status.opened_at || !is_sighting(entry, run, status.number)) continue;
    const bool fits = entry.step.label == wanted;
    if (fits) last = entry.sequence;
    if (fits || exit.kind == ExitKind::green) holds = fits;
  }
  proof.holds = holds;
  if (holds) proof.evidence = {last};
}

std::string missing(const Exit& exit, bool was_seen) {
  const std::string what = letters::joined(chain::ways_of(exit), " or ", [&](const std::string_view way) {
    return way.empty() ? std::string("a test run") : "\"" + std::string(way) + "\"";
  });
  switch (exit.kind) {
    case ExitKind::red: return what + " was not seen failing since the step began";
    case ExitKind::green:
      return was_seen ? what + " failed after it had passed" : what + " was not seen passing since the step began";
    case ExitKind::commit: return "no commit was made since the step began";
    case ExitKind::witness:
      return "no outside effect was seen through another interface since the step began" +
             (exit.words.empty() ? std::string() : " (" + exit.words + ")");
    case ExitKind::user: return "the user says when this step is done";
    default: return {};
  }
}

// The evidence that is already there when these steps open and so proves nothing. One line each: "log PATH SIZE" for
// git's log of HEAD, "file PATH HASH" for files that match an artefact's pattern, "tests HASH FOLDER" for the tests of
// a folder where green follows red.
std::vector<std::string> baseline_of(const Plan& plan, const std::vector<std::uint32_t>& steps,
                                     const std::string& directory, const files::Tree& tree) {
  std::vector<std::string> baseline;
  const auto add = [&](std::string line) {
    if (std::ranges::find(baseline, line) == baseline.end()) baseline.push_back(std::move(line));
  };
  for (const std::uint32_t step : steps) {
    const Exit exit = plan.chain.exit_of(step);
    if (exit.kind == ExitKind::commit)
      if (const std::string log = log_of_head(directory, tree); !log.empty()) {
        const auto text = tree.read(log, most_log_bytes);
        add("log " + log + " " + std::to_string(text ? text->size() : 0));
      }
    if (exit.kind == ExitKind::artefact)
      each_match(exit.words, directory, tree,
                 [&](const std::string& path, const std::string& text) { add(file_line(path, text)); });
    if (follows_red(plan.chain, exit))
      for (std::string& line : test_lines(directory, tree)) add(std::move(line));
  }
  return baseline;
}

// The folders whose tests are not those of the step's beginning, "tests/unit, web": a run that is green then need not
// be the one that was red. Empty where no step was red before.
std::string changed_tests(const StepStatus& status, const std::string& directory, const files::Tree& tree) {
  const auto folder_of = [](const std::string& line) { return line.substr(line.find(' ', 6) + 1); };
  const auto is_line = [](const std::string& line) { return line.starts_with("tests "); };
  if (std::ranges::none_of(status.baseline, is_line)) return {};
  const std::vector<std::string> now = test_lines(directory, tree);
  std::set<std::string> changed;
  for (const auto* lines : {&status.baseline, &now})
    for (const std::string& line : *lines) {
      const auto& others = lines == &now ? status.baseline : now;
      if (is_line(line) && std::ranges::find(others, line) == others.end()) changed.insert(folder_of(line));
    }
  return letters::joined(changed, ", ");
}

Verdict refused(std::string why, std::string help) { return {{}, std::move(why), std::move(help)}; }

// The run that a move means: the active one, or for a move that revives a run, the last one that was paused or ended.
const Run* meant(const std::vector<Run>& runs, std::string_view what) {
  for (const Run& run : runs)
    if (run.is_active()) return &run;
  const auto last = [&](RunState state) {
    const auto found = std::find_if(runs.rbegin(), runs.rend(), [&](const Run& run) { return run.state == state; });
    return found == runs.rend() ? nullptr : &*found;
  };
  if (what == action::back) return last(RunState::finished);
  if (what == action::resume || what == action::abort) return last(RunState::paused);
  return nullptr;
}

// The baseline of the steps that would be open after `note`, to be recorded with it.
std::vector<std::string> baseline_after(const Run& run, const StepNote& note, std::uint64_t sequence,
                                        const std::string& directory, const files::Tree& tree) {
  Run after = run;
  apply(after, {.sequence = sequence, .event = session::Event::step, .step = note});
  std::vector<std::uint32_t> opened;
  for (const std::uint32_t step : after.open())
    if (after.find(step)->opened_at == sequence) opened.push_back(step);
  return baseline_of(run.plan, opened, directory, tree);
}

// Whether the guard has asked the user since the last move of this run. The move is running, so the user agreed.
bool was_asked(const std::vector<Entry>& entries, const Run& run) {
  for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
    const bool moved = entry->event == session::Event::step && entry->step.run == run.number &&
                       entry->step.action != session::seen_action && entry->step.action != session::told_action;
    if (moved) return false;
    if (entry->event == session::Event::verdict && entry->source == asked_source && entry->decision == "ask")
      return true;
  }
  return false;
}

// A move and everything that decides about it.
struct Asked {
  const std::vector<Entry>& entries;
  const Run& run;
  const Move& move;
  const std::string& directory;
  const files::Tree& tree;
};

StepNote note_of(const Asked& asked) {
  return {.run = asked.run.number, .action = asked.move.action, .text = kept_text(asked.move.text)};
}

// Accepts the move: its note, after the notes that must come before it.
Verdict moved(const Asked& asked, StepNote note, std::vector<StepNote> before = {}) {
  const std::uint64_t last = asked.entries.empty() ? 0 : asked.entries.back().sequence;
  note.baseline = baseline_after(asked.run, note, last + 1 + before.size(), asked.directory, asked.tree);
  before.push_back(std::move(note));
  return {std::move(before), {}, {}};
}

// The step of that number or with that skill.
const StepStatus* find_step(const Asked& asked, const std::string& name) {
  for (const StepStatus& status : asked.run.steps)
    if (std::to_string(status.number) == name || asked.run.plan.find(status.number)->skill == name) return &status;
  return nullptr;
}

std::string open_text(const Asked& asked) {
  if (!asked.run.detours.empty()) return "open is " + asked.run.detours.front() + ", beside the chain";
  return "open is " + letters::joined(asked.run.open(), ", ", [&](std::uint32_t step) {
           return std::to_string(step) + " (" + asked.run.plan.find(step)->skill + ")";
         });
}

// The open step that the move means; null if there is none, with the reason in `verdict`.
const StepStatus* open_step(const Asked& asked, Verdict& verdict) {
  const std::vector<std::uint32_t> open = asked.run.open();
  if (asked.move.step.empty() && open.size() == 1) return asked.run.find(open.front());
  if (asked.move.step.empty()) {
    verdict = refused("several steps are open: say which", open_text(asked));
    return nullptr;
  }
  const StepStatus* status = find_step(asked, asked.move.step);
  if (status != nullptr && status->state == StepState::open) return status;
  verdict = status == nullptr ? refused(asked.run.name() + " has no step \"" + asked.move.step + "\"", open_text(asked))
                              : refused("step " + std::to_string(status->number) + " is not open", open_text(asked));
  return nullptr;
}

bool may_decide(const Asked& asked, std::uint32_t step) {
  if (asked.run.plan.chain.exit_of(step).kind != ExitKind::user) return true;
  return asked.move.mover == Mover::user || was_asked(asked.entries, asked.run);
}
Verdict for_the_user(std::uint32_t step) {
  return refused("step " + std::to_string(step) + " ends when the user says so, and this is not the user",
                 "ask them to type `playbook: done " + std::to_string(step) + "`");
}

Verdict leave_detour(const Asked& asked) {
  StepNote note = note_of(asked);
  const std::string& skill = asked.run.detours.front();
  if (!asked.move.step.empty() && asked.move.step != skill)
    return refused("\"" + asked.move.step + "\" is not open", open_text(asked));
  if (asked.move.action == action::again) return refused("a step outside the chain has no rounds", open_text(asked));
  note.action = action::done;
  note.skill = skill;
  return moved(asked, std::move(note));
}

Verdict not_shown(const Asked& asked, std::uint32_t step, const Proof& proof) {
  const ExitKind kind = asked.run.plan.chain.exit_of(step).kind;
  const bool is_run = kind == ExitKind::red || kind == ExitKind::green;
  return refused("step " + std::to_string(step) + " is not done: " + proof.missing,
                 is_run ? "run it on a line of its own: | tail, || true and ; echo hide how it ended; "
                          "`cascade init --with playbooks` lets Cascade see what runs"
                        : "show it, or leave the step: cascade step skip " + std::to_string(step) + " --note WHY");
}

// The reason why another round cannot begin; empty if it can.
std::string no_round(const Asked& asked, std::uint32_t step) {
  const std::vector<std::uint32_t> round = round_of(asked.run.plan.chain.order, step);
  if (round.empty()) return "step " + std::to_string(step) + " does not repeat";
  for (const std::uint32_t other : round) {
    const StepState state = asked.run.find(other)->state;
    if (other != step && state != StepState::done && state != StepState::skipped)
      return "the round is not over: step " + std::to_string(other) + " is still to be done";
  }
  return {};
}

// Handles done, again and skip.
Verdict leave(const Asked& asked) {
  if (!asked.run.detours.empty()) return leave_detour(asked);
  StepNote note = note_of(asked);
  Verdict verdict;
  const StepStatus* status = open_step(asked, verdict);
  if (status == nullptr) return verdict;
  note.step = status->number;
  if (!may_decide(asked, status->number)) return for_the_user(status->number);
  if (asked.move.action == action::skip) return moved(asked, std::move(note));
  if (asked.move.action == action::again)
    if (auto why = no_round(asked, status->number); !why.empty()) return refused(why, open_text(asked));
  if (asked.run.plan.chain.exit_of(status->number).kind == ExitKind::user) return moved(asked, std::move(note));
  const Proof proof = prove(asked.run, status->number, asked.entries, asked.directory, asked.tree);
  if (!proof.holds) return not_shown(asked, status->number, proof);
  note.evidence = proof.evidence;
  const std::string changed = changed_tests(*status, asked.directory, asked.tree);
  if (proof.found.empty() && changed.empty()) return moved(asked, std::move(note));
  const std::string exit(to_string(asked.run.plan.chain.exit_of(status->number).kind));
  StepNote seen{.run = asked.run.number,
                .action = std::string(session::seen_action),
                .step = status->number,
                .label = changed.empty() ? exit : "tests changed",
                .text = kept_text(changed.empty() ? proof.found : changed)};
  note.evidence.push_back((asked.entries.empty() ? 0 : asked.entries.back().sequence) + 1);
  return moved(asked, std::move(note), {std::move(seen)});
}

Verdict back(const Asked& asked) {
  StepNote note = note_of(asked);
  const StepStatus* status = find_step(asked, asked.move.step);
  if (status == nullptr)
    return refused(asked.run.name() + " has no step \"" + asked.move.step + "\"", open_text(asked));
  if (status->state == StepState::pending)
    return refused("step " + std::to_string(status->number) + " lies ahead, not behind", open_text(asked));
  note.step = status->number;
  return moved(asked, std::move(note));
}

Verdict branch(const Asked& asked) {
  StepNote note = note_of(asked);
  std::string known;
  for (const chain::Branch& branch : asked.run.plan.chain.branches) {
    const StepStatus* status = asked.run.find(branch.step);
    if (status == nullptr || status->state != StepState::open) continue;
    known += (known.empty() ? "" : ", ") + std::to_string(branch.step) + " " + branch.label;
    const bool other_step = !asked.move.step.empty() && find_step(asked, asked.move.step) != status;
    if (branch.label != asked.move.label || other_step) continue;
    if (!may_decide(asked, branch.step)) return for_the_user(branch.step);
    note.step = branch.step;
    note.label = branch.label;
    return moved(asked, std::move(note));
  }
  return refused("no open step has a branch \"" + asked.move.label + "\"",
                 known.empty() ? open_text(asked) + ", which has no branches" : "branches: " + known);
}

Verdict judge(const Asked& asked) {
  const std::string_view what = asked.move.action;
  if (what == action::pause || what == action::abort || what == action::resume || what == action::wait)
    return moved(asked, note_of(asked));
  if (what == action::back) return back(asked);
  if (what == action::branch) return branch(asked);
  return leave(asked);
}

}  // namespace

Verdict judge(const std::vector<Entry>& entries, const Move& move, const std::string& directory,
              const files::Tree& tree) {
  const std::vector<Run> runs = runs_of(entries);
  const Run* run = meant(runs, move.action);
  if (run == nullptr)
    return refused("no playbook is open in this session", "cascade playbook start NAME, or cascade playbook status");
  if (run->is_active() && move.action == action::resume)
    return refused(run->name() + " is open already", "cascade playbook status");
  return judge({entries, *run, move, directory, tree});
}

Verdict begin(const std::vector<Entry>& entries, const Plan& plan, const std::string& directory,
              const files::Tree& tree) {
  if (!plan.faults.is_empty())
    return refused("the chain of " + plan.root + " cannot be followed", "cascade validate says where it is wrong");
  std::uint32_t number = 1;
  for (const Run& run : runs_of(entries)) {
    number = std::max(number, run.number + 1);
    if (run.is_active() && run.plan.root == plan.root)
      return refused(run.name() + " is open already", "cascade playbook status, or cascade playbook abort");
  }
  StepNote note = start_note(plan, number);
  const std::vector<Run> begun = runs_of({{.event = session::Event::step, .step = note}});
  note.baseline = baseline_of(plan, begun.front().open(), directory, tree);
  return {{std::move(note)}, {}, {}};
}

std::string kept_text(std::string_view text) {
  constexpr std::size_t most = 200;
  std::string line;
  for (const char c : text)
    if (!letters::is_space(c))
      line += c;
    else if (!line.empty() && line.back() != ' ')
      line += ' ';
  line = unicode::displayable(letters::trim(line));
  if (unicode::count_code_points(line) <= most) return line;
  std::size_t end = 0, count = 0;
  while (end < line.size() && count <= most - 1)
    if ((static_cast<unsigned char>(line[++end]) & 0xC0U) != 0x80U) ++count;
  return line.substr(0, end) + "\u2026";
}

Proof prove(const Run& run, std::uint32_t step, const std::vector<session::Entry>& entries,
            const std::string& directory, const files::Tree& tree) {
  Proof proof;
  const Exit exit = run.plan.chain.exit_of(step);
  const StepStatus* status = run.find(step);
  if (status == nullptr) return proof;
  if (exit.kind == ExitKind::said) proof.holds = true;
  if (exit.kind == ExitKind::artefact) prove_artefact(exit, *status, directory, tree, proof);
  if (exit.kind == ExitKind::said || exit.kind == ExitKind::artefact) return proof;
  prove_seen(exit, *status, run, entries, proof);
  if (exit.kind == ExitKind::commit && !proof.holds) {
    const std::string commit = new_commit(status->baseline, directory, tree);
    proof.holds = !commit.empty();
    proof.found = commit;
  }
  const bool was_seen = std::ranges::any_of(entries, [&](const session::Entry& entry) {
    return entry.sequence > status->opened_at && is_sighting(entry, run, step) && entry.step.label == "green";
  });
  if (!proof.holds) proof.missing = missing(exit, was_seen);
  return proof;
}

std::string session_directory(const std::vector<session::Entry>& entries, const std::string& otherwise) {
  for (const session::Entry& entry : entries)
    if (entry.event == session::Event::start && !entry.directory.empty()) return entry.directory;
  return otherwise;
}

}  // namespace cascade::playbook
