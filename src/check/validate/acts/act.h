// What the files of a skill do to the machine, or ask the model to do, when somebody uses it: told by programs, paths
// and calls, in whatever language. Nothing is run, and nothing is judged here; the rules hold it against what the skill
// promises (validate/rules/sec_acts.cpp).
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>
#include "validate/reading/text_model.h"

namespace cascade::validation {

// starts: something will run at a login, a start or on a schedule, or in every later session of the client. settings:
// the client's own settings, permissions or memory change. secret: a place of credentials is read. environment: all
// variables are read. sends: data goes to another host. fetches: something comes from one. writes, runs, evaluates,
// decodes, checks: what a program does with a text. foreign: a package comes from a source other than the usual
// registry, or from whatever is there that day. unpinned: a program of the usual registry is run without its version.
// rights: the machine's or the client's protection is lowered. surveys: the machine, its users or its network are
// looked over. conceals: what runs is put together so that nobody reads it, or passes for something else. falsifies: a
// bad result is rewritten as a good one. traces: what shows afterwards what was done is removed. destroys: what nobody
// can bring back is removed, or the machine or another host is used up.
enum class Deed : std::uint8_t {
  starts,
  settings,
  secret,
  environment,
  sends,
  fetches,
  writes,
  runs,
  evaluates,
  decodes,
  checks,
  foreign,
  rights,
  surveys,
  unpinned,
  conceals,
  falsifies,
  traces,
  destroys
};

struct Act {
  Deed deed = Deed::runs;
  std::size_t at = 0;         // byte of the file where it shows
  std::string object{};       // the path, program or call; of sends and fetches the host, empty: not known
  std::string_view what{};    // for a message, as in the tables: "adds a job to the schedule"
  std::string_view topics{};  // words of a promise that covers it
  std::string_view home{};    // secret: hosts to which it belongs
};

// Adds acts behind others.
inline void append(std::vector<Act>& acts, std::vector<Act> more) { std::ranges::move(more, std::back_inserter(acts)); }
// The same where they show in one place, whatever text they were read from.
inline void append(std::vector<Act>& acts, std::vector<Act> more, std::size_t at) {
  for (Act& act : more) act.at = at;
  append(acts, std::move(more));
}

// The acts of a command line or script for a shell. `begin`: where the text begins in its file.
// `depth`: the number of texts around it, each handed on by the one before (node -e, os.system); deeper ones are left
// out, since a text may write itself.
std::vector<Act> acts_of_shell(std::string_view text, std::size_t begin, std::size_t depth = 0);

// The acts of a program in Python, JavaScript, Ruby, Perl, Go and languages like them: its calls, and the paths,
// addresses and command lines in its strings. Comments and texts that only describe are left out. Linear but for the
// command lines.
std::vector<Act> acts_of_program(std::string_view text, std::string_view path, std::size_t depth = 0);
inline constexpr std::size_t most_depth_of_acts = 4;

inline constexpr std::string_view sends_a_file = "sends a file";
// Of `evaluates`: nothing stands between the download and its start.
inline constexpr std::string_view runs_download = "runs what it downloads";
inline constexpr std::string_view runs_download_itself = "runs a text that it downloads";  // python -c, node -e
// Of `foreign`.
inline constexpr std::string_view near_known = "installs a package whose name is nearly that of a well-known one";
// Of `falsifies`.
inline constexpr std::string_view says_in_any_case = "says that all is well whatever came of what it started";
// Of `sends`: the name that is looked up holds data.
inline constexpr std::string_view asks_for_name = "asks for a name that holds data";

// How a file holds what a program runs. shell, powershell: it is a script. make, image: recipes, and the instructions
// of an image. keys: texts below the keys of YAML or JSON. settings: lines that name a program. notebook: cells.
// program: calls. sql: statements. package, registry, requirements: lists and settings of package managers.
enum class Form : std::uint8_t {
  none,
  shell,
  powershell,
  make,
  image,
  keys,
  settings,
  notebook,
  program,
  sql,
  package,
  registry,
  requirements
};
// By the name, and of a file without an ending by its first line.
Form form_of(std::string_view path, std::string_view text) noexcept;
bool may_hold_commands(std::string_view path) noexcept;  // by the name alone
std::vector<Act> acts_of_file(std::string_view text, std::string_view path);

// The host of an address that begins at or behind `from`, without its port; empty: there is none. This machine and
// names that stand for any host are none.
std::string host_in(std::string_view text, std::size_t from = 0);

// Whether a part of a row's list fits.
template <typename Fits>
bool any_of_list(std::string_view list, char between, const Fits& fits) {
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(between), list.size());
    if (end > 0 && fits(list.substr(0, end))) return true;
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return false;
}

// A part of a path. `reads`: reading it is already the act, else writing is.
struct PlaceRow {
  std::string_view part;
  Deed deed = Deed::starts;
  bool reads = false;
  std::string_view topics, home, what;
};
std::span<const PlaceRow> place_rows() noexcept;

// A program that a shell starts. `words`: all must be there, "~x" nowhere, "x*" a word that begins so, "a|b" one of
// these.
struct ProgramRow {
  std::string_view program, words;
  Deed deed = Deed::runs;
  std::string_view topics, what;
};
std::span<const ProgramRow> program_rows() noexcept;

struct ConfigurationRow {
  std::string_view keys, values;
  Deed deed = Deed::rights;
  std::string_view topics, home, what;
};
std::span<const ConfigurationRow> configuration_rows() noexcept;

// What keys of configuration in a text are set to, whatever its form: a weaker protection, another host. Linear.
class ConfigurationKeys {
 public:
  ConfigurationKeys();
  std::vector<Act> acts(std::string_view text, std::size_t begin) const;

 private:
  void read_line(std::string_view line, std::size_t begin, std::vector<Act>& acts) const;
  std::map<std::string_view, const ConfigurationRow*, std::less<>> rows_;
};

struct CommandFileRow {
  std::string_view names;
  Form form = Form::none;
};
std::span<const CommandFileRow> command_file_rows() noexcept;

// "*" stands for any characters; without it case is ignored.
bool fits(std::string_view pattern, std::string_view word);

// Whether the tables know a program by this name; `name` may be any part of a dotted one.
bool is_program_of_acts(std::string_view name) noexcept;

// A call in a program: the end of its dotted name, or several ("a|b"). `argument`: what its arguments must hold, behind
// "^" what they begin with; empty: nothing.
struct CallRow {
  std::string_view name, argument;
  Deed deed = Deed::runs;
  std::string_view what;
};
std::span<const CallRow> call_rows() noexcept;

// The row for the first part of a path that is in the text; null: none.
const PlaceRow* place_in(std::string_view text, bool written) noexcept;

// What a text asks the model to do: parts of sentences that come together. Words decide nothing by themselves; each
// frame wants several parts within a sentence or block, and what is quoted, forbidden or shown as an attack is passed
// over.

class Promise {
 public:
  // `text`: all that somebody reads who looks at the skill before installing it.
  Promise(std::string_view name, std::string_view description, std::string_view text);

  // Whether one of the words, or a form of it, is in the name or description. Blanks are between words.
  bool covers(std::string_view topics) const;
  // Whether the name or description says that something is set up, written or changed.
  bool names_change() const;
  // Whether the text names the host, or its owner by name ("Stripe" for api.stripe.com).
  bool names_host(std::string_view host) const;
  // Whether the text names the host's owner as a word, not only in an address.
  bool names_owner(std::string_view host) const;

 private:
  std::string said_, text_, name_;
};

struct RoleRow {
  std::string_view role, words;
};
std::span<const RoleRow> role_rows() noexcept;

struct FrameRow {
  std::string_view rule, within, needs, topics, what;
};
std::span<const FrameRow> frame_rows() noexcept;

struct Asked {
  const FrameRow* frame = nullptr;
  Range range;
};

// Where in a text something reaches out or changes the machine, ascending; `unsaid`: what the description does not
// cover.
struct DeedsOfText {
  std::vector<std::size_t> all, unsaid;
};

// Each block answers to a frame once. `promise`: of the skill's name and description alone.
std::vector<Asked> asked_by(const TextModel& text, const DeedsOfText& deeds, const Promise& promise);

// The first package that a package manager's command line installs and whose name is one slip of the keyboard away from
// a well-known one; empty: there is none.
std::string near_name(std::string_view program, const std::vector<std::string>& words);

// Names apart by blanks, by where they come from.
struct WellKnownRow {
  std::string_view managers, names;
};
std::span<const WellKnownRow> well_known_rows() noexcept;

// Whether a word for a bad result is among the words.
bool names_bad_result(std::string_view text) noexcept;

// Whether the text replaces a word for a bad result by one for a good one: "FAILED", "PASSED"; s/fail/pass/.
bool turns_good(std::string_view text) noexcept;

// Whether the text puts a mark at tests by which they are passed over.
bool switches_tests_off(std::string_view text) noexcept;

// Where a figure that is measured gets a value by lot; npos: nowhere.
std::size_t made_up_figure(std::string_view text) noexcept;
inline constexpr std::string_view makes_up = "makes a figure up that it should measure";
inline constexpr std::string_view invented_topics =
    "mock mocks fake fixture fixtures sample samples synthetic example examples placeholder demo simulate simulation "
    "simulator game random seed toy chaos";

// Where a program says in any case that tests or checks found nothing, though it reads no result; npos: nowhere.
// `starts`: it runs others.
std::size_t fixed_verdict(std::string_view text, bool starts);

// What starts itself, sends or writes without an end; the first of it.
std::vector<Act> acts_of_loops(std::string_view text, std::size_t begin);

}  // namespace cascade::validation
