// The tables of leases in the store.
#pragma once

#include "store/store.h"

namespace cascade::lease {

const store::Module& tables();

}  // namespace cascade::lease
