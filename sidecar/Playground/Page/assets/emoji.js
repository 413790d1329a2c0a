// The common short codes; whatever is not here is shown as it was typed.

const codes = {
  '+1': '👍', thumbsup: '👍', '-1': '👎', thumbsdown: '👎', heart: '❤️', smile: '😄', smiley: '😃', slightly_smiling_face: '🙂', grin: '😁', joy: '😂', laughing: '😆',
  wink: '😉', blush: '😊', thinking: '🤔', thinking_face: '🤔', tada: '🎉', clap: '👏', raised_hands: '🙌', pray: '🙏', wave: '👋', muscle: '💪', ok_hand: '👌', eyes: '👀',
  bulb: '💡', fire: '🔥', rocket: '🚀', star: '⭐', sparkles: '✨', white_check_mark: '✅', heavy_check_mark: '✔️', x: '❌', warning: '⚠️', question: '❓', calendar: '📅',
  alarm_clock: '⏰', hourglass: '⌛', books: '📚', book: '📖', memo: '📝', pencil: '📝', bell: '🔔', no_bell: '🔕', link: '🔗', mag: '🔍', trophy: '🏆', medal: '🏅',
  coffee: '☕', seedling: '🌱', sunny: '☀️', cry: '😢', sob: '😭', confused: '😕', sweat_smile: '😅', heart_eyes: '😍', zzz: '💤', '100': '💯', point_right: '👉', point_up: '☝️',
  speech_balloon: '💬', handshake: '🤝', one: '1️⃣', two: '2️⃣', three: '3️⃣', four: '4️⃣', five: '5️⃣', hugs: '🤗', see_no_evil: '🙈', hammer: '🔨', gift: '🎁',
};

export const emoji = (code) => Object.hasOwn(codes, code) ? codes[code] : null;
export const quick = ['+1', 'heart', 'tada', 'bulb', 'eyes', 'white_check_mark'];
