// What one conversation of a client without hooks was given, by a handle that the model passes on from answer to call.
//
// A connection is no conversation: subagents share it, and a client keeps one for many. So the first answer ends with a
// handle, a later call gives it back, and what was sent stands in the ledger of the session "mcp-HANDLE". A handle that
// nobody was given here, by this server or another one, is none: everything is sent again, under a new one. Two models
// that invent the same word thus never share a past.
#pragma once

#include <string>
#include <string_view>

#include "cli/prompt_bundle.h"
#include "mcp/server.h"
#include "session/ledger.h"

namespace cascade::cli {

class ServedConversation {
 public:
  // `state`: the state folder; empty: nothing is remembered. `directory`: where the server works; a handle that was
  // given out elsewhere is none here. `given`: what the call says, anything.
  ServedConversation(std::string state, std::string directory, std::string_view given);

  Past past() const;

  // Delivers `answer`, with the handle at its end where it is new, and notes `injection` once it arrived, with no other
  // process in between. Where another server has sent all of it meanwhile, `instead` goes. What cannot be noted goes
  // without a handle.
  void send(mcp::ToolAnswer answer, session::Entry injection, const mcp::ToolAnswer& instead,
            const mcp::Deliver& deliver);

 private:
  bool begin();

  std::string state_, directory_, handle_;
  bool is_new_ = false;
  session::Ledger ledger_;
};

}  // namespace cascade::cli
