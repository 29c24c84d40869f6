#!/bin/sh
[ "$("$1" Ann)" = "hello, Ann (3)" ]
