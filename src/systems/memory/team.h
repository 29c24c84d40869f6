// A team's facts on a server that several machines share.
#pragma once

#include "memory/memory.h"

namespace cascade::memory {

struct Synchronised {
  std::size_t sent = 0, received = 0;
};

// Sends unsent facts to the server and takes over others' changes since. May be interrupted anywhere and repeated.
// `server` are the options of a store on a server; tests may use a file. Errors: those of store::Store.
Result<Synchronised> synchronise(Memory& memory, const store::Options& server, const std::string& team);

}  // namespace cascade::memory
