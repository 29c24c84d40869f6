// The one object `core::NAME_system` in the system.cpp of src/systems/NAME; the build lists the folders that are there.
// What the library must know besides (the switch, the events, the settings) are rows of tables.
#pragma once

#include <cascade/hook.h>
#include <cascade/result.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace cascade {
enum class Format : std::uint8_t;
}  // namespace cascade
namespace cascade::cli {
class Call;
struct Environment;
enum class Exit : int;
struct FoundFaults;
struct Sought;
struct Verb;
}  // namespace cascade::cli
namespace cascade::client {
struct Answer;
}
namespace cascade::evidence {
struct Deed;
}
namespace cascade::mcp {
struct Tool;
}
namespace cascade::policy {
struct Policy;
}
namespace cascade::rendering {
struct Check;
}
namespace cascade::syntax {
class JsonWriter;
}
namespace cascade::systems {
class CallJudge;
class EventSession;
struct JudgedCall;
struct Surroundings;
}  // namespace cascade::systems

namespace cascade::core {

// Those that only speak come first. What would be lost by a refusal is taken after them; then what takes long, notes
// about what the call will change, programs of skills.
enum class Turn : std::uint8_t { itself, steps, trees, lines, tools, writes, takes, runs, notes, programs };

// The programs of a line that a judge is told of: all, those here, those that the session's own shell starts.
enum class Sees : std::uint8_t { every_program, this_machine, own_shell };

struct Judge {
  Turn turn{};
  Sees sees{};
  std::unique_ptr<systems::CallJudge> (*make)(systems::JudgedCall& call) = nullptr;
  Result<void> (*whole)(systems::JudgedCall& call) = nullptr;  // in place of `make`: of a judge that sees no program
};

// What `cascade doctor` looks at, in the order in which the parts build on each other.
enum class Examined : std::uint8_t {
  program,
  vocabulary,
  roots,
  settings,
  index,
  manifests,
  sources,
  hooks,
  switches,
  clients,
  guard,
  store,
  server,
  faults
};
// Adds what was found, with the next step. `repairs`: what is damaged is mended, or set aside. An error ends the verb.
using AddChecks = Result<void>(cli::Call& call, Workspace& library, bool repairs,
                               std::vector<rendering::Check>& checks);
struct Examination {
  Examined what{};
  AddChecks* add = nullptr;
};

// Manifests ("skill:review") that came in sessions, be it by name in an offer. `loaded`: those whose text came.
struct Came {
  std::uint64_t sessions = 0;
  std::set<std::string> manifests, loaded;
};

// Text, and a member of the document.
struct SessionPart {
  std::string text;
  std::string_view key;
  std::function<void(syntax::JsonWriter& json)> write;
  std::string fault{};  // a note for the user: what is not known
};

// What a system does not do stays null.
struct System {
  std::string_view name;  // of its folder
  Span<cli::Verb> verbs{};
  // At an event that a `hears` row of one of `switches` names, before the answer (`says`) or after it (`notes`). The
  // words of several are joined by `rank`, the least first.
  Span<std::string_view> switches{};
  std::uint8_t rank = 0;
  Result<client::Answer> (*hear)(systems::EventSession& session) = nullptr;
  // After a tool call, of which effects are noted: what else the call shows. A line for the model; empty: none.
  Result<std::string> (*see)(const HookEvent::Input& input, const evidence::Deed& deed, const policy::Policy& policy,
                             const systems::Surroundings& surroundings) = nullptr;
  // Before the library answers: what the hook is to know from it.
  void (*prepare)(systems::EventSession& session, Workspace& library, HookOptions& options) = nullptr;
  // Why a manifest's text must not come into a conversation, in one line; an empty text: it may. Asked only about what
  // is about to be loaded. `library` must outlive it.
  std::function<std::string(const ManifestView& manifest)> (*vets)(const cli::Environment& environment,
                                                                   const Workspace& library) = nullptr;
  Span<Judge> judges{};
  bool is_graded = false;      // gates keep a record of its verdicts
  Span<Examination> doctor{};  // one that several systems name, as that of their store, is asked once
  // The validator's: what its rules find below folders (cli/validated.h).
  Result<cli::FoundFaults> (*find_faults)(cli::Call& call, const cli::Sought& sought) = nullptr;
  // `cascade session report`: what became of what the session was sent.
  Result<std::string> (*report)(cli::Call& call, const std::string& session, Format format) = nullptr;
  Came (*came)(cli::Call& call, const Workspace& library, std::int64_t since) = nullptr;
  // What goes with the bundle of a prompt: at most so many tokens, none that is held (content hashes, sorted).
  std::vector<Quote> (*quotes)(const cli::Environment& environment, std::string_view prompt,
                               const TokenCounter& counter, TokenCount most,
                               const std::vector<std::uint64_t>& held) = nullptr;
  // What it knows of something that a session was sent under this name, for `session why`; empty: nothing.
  std::string (*source)(const cli::Environment& environment, std::string_view name) = nullptr;
  // Adds its tools for a client of the Model Context Protocol, in the order of their list.
  void (*tools)(const cli::Environment& environment, const policy::Policy& policy, const std::string& folder,
                std::vector<mcp::Tool>& tools) = nullptr;
  // Of verdicts of `is_graded`, from this number on: sets the mode that each has earned. Returns their number.
  std::size_t (*grade)(systems::JudgedCall& call, std::size_t first) = nullptr;
  // What it adds to `cascade session show`.
  SessionPart (*session)(const cli::Environment& environment, const std::string& id) = nullptr;
  // `cascade guard git-hook`, and `guard allow`, for one session, which says for what. not_found: it is none of these.
  cli::Exit (*git_hook)(cli::Call& call, const std::vector<std::string>& words) = nullptr;
  Result<std::string> (*allow)(const std::string& session_id, const std::string& what, const std::string& directory,
                               const systems::Surroundings& surroundings) = nullptr;
  // Of a push (pre-push): why it must stop; nothing if it may go on, with `warnings`.
  Result<std::optional<std::string>> (*push)(const cli::Environment& environment, const std::string& hook,
                                             const std::vector<std::string>& arguments, const std::string& input,
                                             const std::string& directory, std::string& warnings) = nullptr;
  // The tokens that the client's list of this library takes of every request.
  Result<std::uint32_t> (*every_request)(cli::Call& call, const Workspace& library) = nullptr;
};

// All that are built in, by rank and name.
Span<const System*> systems() noexcept;

}  // namespace cascade::core
