#!/bin/sh
[ "$("$1" --version)" = "greet $(cat VERSION)" ]
