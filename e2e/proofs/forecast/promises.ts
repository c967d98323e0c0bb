export const LISTED = 'the crowd is listed when the preview said';
export const DONE = 'the last is done when the preview said';
export const LIFTED = 'the last is lifted when the preview said';
