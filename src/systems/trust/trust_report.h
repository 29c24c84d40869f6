// Gathers everything that can be allowed, with its state, for `cascade trust`.
#pragma once

#include <cascade/registry.h>
#include <cascade/render.h>
#include <cascade/result.h>

#include <cstdint>
#include <string>
#include <vector>

#include "cli/call.h"
#include "policy/allowed.h"
#include "trust/run_hook.h"

// The log of decisions about skill hooks and of what the hooks did: one file for all sessions.

namespace cascade::trust {

struct LogEntry {
  std::int64_t at = 0;                    // seconds since 1970
  std::string action;                     // allow, revoke, run
  std::string item, path;                 // "skill:deploy" and its manifest; of a file: its path alone
  std::string hash;                       // of the folder that was allowed or run
  std::string event, hook, outcome, why;  // run
  bool confined = false;                  // run
};

// `folder`: the state folder. When the file reaches 256 KiB, its oldest half is dropped. Error: unwritable.
Result<void> append_log(const std::string& folder, const LogEntry& entry);

// The oldest first; invalid lines are skipped. Empty if there is no file.
std::vector<LogEntry> read_log(const std::string& folder);

}  // namespace cascade::trust

namespace cascade::rendering {

// One entry of a manifest's cascade-hooks, or the shell commands in its text.
struct HookLine {
  std::string item, path;            // "skill:deploy", its manifest
  std::string event, matcher, what;  // as declared; for a faulty entry, `what` is all of it; of commands in the
                                     // text: no event
  std::string state;                 // text, allowed, asleep, changed, refused
  std::string why;                   // refused: the fault
};

struct TrustReport {
  bool confines = false;  // this system can confine programs
  std::vector<HookLine> hooks;
  // A cascade.yaml file: what it would run or contact, and whether it does.
  struct File {
    std::string path, what, state;  // allowed, asleep, changed
  };
  std::vector<File> files;
  // A command that the client runs by itself, without asking Cascade.
  struct ClientHook {
    std::string holder, path, what;
  };
  std::vector<ClientHook> client_hooks;
};

// A skill's folder in the state that must be read before it is allowed.
struct Review {
  trust::SkillFolder folder;
  std::vector<HookLine> hooks;
  std::string state;  // allowed, asleep, changed
  bool confines = false;
};

std::string trust_list_text(const TrustReport& report, Format format);
std::string trust_review_text(const Review& review, Format format);
std::string trust_log_text(const std::vector<trust::LogEntry>& entries, Format format);

}  // namespace cascade::rendering

namespace cascade::cli {

rendering::TrustReport trust_report(Call& call, const Workspace& workspace, const trust::Allowed& allowed);
// The hooks that a manifest declares, and one line for the shell commands in its text, if there are any.
std::vector<rendering::HookLine> hook_lines(const Workspace& workspace, ManifestId id, const std::string& path,
                                            const trust::Allowed& allowed);

}  // namespace cascade::cli
