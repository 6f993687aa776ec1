/// Text from outside, made safe to show.
enum SafeTextModule {}
