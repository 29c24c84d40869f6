// The tools of `cascade mcp` for clients without hooks: `load`, `find` and `why`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/call.h"
#include "cli/verb_bundle.h"
#include "protocol/server.h"
#include "session/ledger.h"

namespace cascade::cli {

// In the order of the list. `directory`: where the server works. They refer to `call`.
std::vector<mcp::Tool> library_tools(Call& call, const std::string& directory);

// How to use them; most clients pass it to the model. Together with the tools that are listed by default it costs less
// than 300 o200k tokens (tests/cli/mcp_test.cpp).
constexpr std::string_view library_instructions =
    "When a task begins, call `load` once with the task in the user's words: it returns steps that fit, or says that "
    "nothing does. Give the id after `conversation:` to later calls.";

// Remembers what one conversation of a client without hooks has received, under a handle that the model passes on from
// an answer to the next call.
//
// A connection does not identify a conversation: subagents share it, and a client keeps one for several. So the first
// answer ends with a handle, later calls return it, and the ledger of the session "mcp-HANDLE" records what was sent. A
// handle that no server here has issued is not accepted: everything is sent again, under a new handle. So two models
// that invent the same word never share a past.

class ServedConversation {
 public:
  // `state`: the state folder; empty: nothing is remembered. `directory`: where the server works; a handle issued
  // elsewhere is not accepted here. `given`: the call's handle, which may be any text.
  ServedConversation(std::string state, std::string directory, std::string_view given);

  Past past() const;

  // Delivers `answer`, ending with the handle if it is new, and records `injection` once it has arrived, with no other
  // process in between. If another server has meanwhile sent all of it, delivers `instead`. If nothing can be recorded,
  // the answer has no handle.
  void send(mcp::ToolAnswer answer, session::Entry injection, const mcp::ToolAnswer& instead,
            const mcp::Deliver& deliver);

 private:
  bool begin();

  std::string state_, directory_, handle_;
  bool is_new_ = false;
  session::Ledger ledger_;
};

}  // namespace cascade::cli
