/** What `public/leave.js` marks a browser with that was left in a hurry; the first name over https, the second without. */
export const LEAVE_COOKIES = ['__Host-leave', 'leave'];
